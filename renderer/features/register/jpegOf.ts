import { readPicture } from '../../components/readPicture.ts';

/** A JPEG up to this size is kept byte for byte. */
const smallBytes = 1_500_000;
const longestSide = 2000;
const quality = 0.85;

/** A photograph of a paper as base64 JPEG, small enough to keep thousands of; null when it is no picture. */
export async function jpegOf(file: File): Promise<string | null> {
  if (file.type === 'image/jpeg' && file.size <= smallBytes) return readPicture(file);
  const scaled = await scaledDown(file).catch(() => null);
  return scaled === null ? null : readPicture(new File([scaled], file.name, { type: 'image/jpeg' }));
}

async function scaledDown(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext('2d');
  if (brush === null) return null;
  // JPEG knows no transparency; what was clear becomes paper, not ink.
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality);
  });
}
