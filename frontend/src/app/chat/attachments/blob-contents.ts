/** The bytes of a file. Throws a DOMException where it cannot be read: it is a folder, or has gone meanwhile. */
export async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await contents<ArrayBuffer>((reader) => reader.readAsArrayBuffer(blob)));
}

/** The same in base64, as JSON takes it. */
export async function base64Of(blob: Blob): Promise<string> {
  // data:image/png;base64,…
  const url = await contents<string>((reader) => reader.readAsDataURL(blob));
  return url.slice(url.indexOf(',') + 1);
}

function contents<T extends string | ArrayBuffer>(read: (reader: FileReader) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as T);
    reader.onerror = () => reject(reader.error ?? new DOMException('unreadable', 'NotReadableError'));
    read(reader);
  });
}
