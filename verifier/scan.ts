import decodeQR from 'qr/decode.js';

/** Larger pictures are made smaller first: a phone's camera gives far more than a code needs. */
const sizes = [1200, 800, 1800] as const;

/** The text of the QR code in a picture; null when none is found. */
export async function scanPicture(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file);
  for (const most of sizes) {
    const scale = Math.min(1, most / Math.max(picture.width, picture.height));
    const found = scanCanvas(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
    if (found !== null) return found;
  }
  return null;
}

/** One look at a video or a picture. */
export function scanCanvas(source: CanvasImageSource, width: number, height: number): string | null {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (drawing === null || width === 0 || height === 0) return null;
  drawing.drawImage(source, 0, 0, width, height);
  try {
    return decodeQR(drawing.getImageData(0, 0, width, height));
  } catch {
    return null;
  }
}
