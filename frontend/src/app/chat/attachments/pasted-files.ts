/** The files in what is pasted; none where it is text, of which programs often add a picture. */
export function pastedFiles(data: DataTransfer | null): readonly File[] {
  const files = Array.from(data?.files ?? []);
  const text = data?.getData('text/plain').trim() ?? '';
  // Of files that were copied in a folder, some systems tell the names.
  const names = files.map(({ name }) => name);
  return text.split(/[\r\n]+/).every((line) => line === '' || names.includes(line)) ? files : [];
}
