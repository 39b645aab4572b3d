import { completeTable } from './complete-table';

describe(completeTable.name, () => {
  it.each([
    ['| a | b |', '| a | b |\n| --- | --- |'],
    ['| a | b', '| a | b\n| --- | --- |'],
    ['text\n| a \\| b |\n', 'text\n| a \\| b |\n| --- |'],
  ])('adds the delimiter row to %j', (text, completed) => {
    expect(completeTable(text)).toBe(completed);
  });

  it.each(['a | b', 'text', '| a |\n| b |'])('leaves %j to be text', (text) => {
    expect(completeTable(text)).toBeUndefined();
  });
});
