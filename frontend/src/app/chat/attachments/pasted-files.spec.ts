import { pastedFiles } from './pasted-files';

describe(pastedFiles.name, () => {
  const image = new File(['x'], 'image.png', { type: 'image/png' });
  const pasted = (text: string, files: File[]) =>
    pastedFiles({ files, getData: () => text } as unknown as DataTransfer).map(({ name }) => name);

  it('are those of a picture that was copied', () => {
    expect(pasted('', [image])).toEqual(['image.png']);
    expect(pastedFiles(null)).toEqual([]);
  });

  it('are none where text was copied, with a picture of it', () => {
    expect(pasted('Cells\tof a table', [image])).toEqual([]);
    expect(pasted('Only text', [])).toEqual([]);
  });

  it('are those of files that were copied, whose names some systems tell as text', () => {
    const notes = new File(['x'], 'notes.txt');
    expect(pasted('image.png\nnotes.txt\n', [image, notes])).toEqual(['image.png', 'notes.txt']);
  });
});
