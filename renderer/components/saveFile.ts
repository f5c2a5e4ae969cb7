/** Hands a file to the person: the browser's download, or the desktop's save dialog. */
export function saveFile(
  { fileName, base64 }: { readonly fileName: string; readonly base64: string },
  type: string,
): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
