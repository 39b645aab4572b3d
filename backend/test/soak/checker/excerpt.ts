const AROUND = 40;

/** Where two texts part, with a little of both around the place. */
export function difference(one: string, other: string): string {
  let place = 0;
  while (place < one.length && place < other.length && one[place] === other[place]) place += 1;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, place - AROUND), place + AROUND));
  return `from character ${place} (of ${one.length} and ${other.length}): ${around(one)} against ${around(other)}`;
}

/** The text that goes along with `text` for the longest. */
export function closest(text: string, others: readonly string[]): string {
  const common = (other: string): number => {
    let place = 0;
    while (place < text.length && text[place] === other[place]) place += 1;
    return place;
  };
  return others.toSorted((a, b) => common(b) - common(a))[0] ?? '';
}
