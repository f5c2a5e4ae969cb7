/** What the station takes at most, before base64. */
const maxPictureBytes = 8 * 1024 * 1024;

/** The bytes of a chosen file as base64, unchanged; null when it is too large or cannot be read. */
export async function readPicture(file: File): Promise<string | null> {
  if (file.size > maxPictureBytes) return null;
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? null) : null);
    };
    reader.onerror = () => {
      resolve(null);
    };
    reader.readAsDataURL(file);
  });
}
