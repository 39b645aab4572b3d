import { readFileSync } from 'node:fs';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Pairs of a light and a dark colour, by custom property. */
function pairs(css: string): Map<string, readonly [string, string]> {
  const found = css.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, [light, dark]]));
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

describe('code theme', () => {
  const surface = pairs(read('../../styles.css')).get('--code-surface') ?? ['', ''];
  const colours = [...pairs(read('./code-theme.css'))];

  it('has colours for light and dark', () => {
    expect(colours.length).toBeGreaterThan(5);
  });

  it.each(colours)('keeps %s readable', (_name, [light, dark]) => {
    expect(contrast(light, surface[0])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, surface[1])).toBeGreaterThanOrEqual(4.5);
  });
});
