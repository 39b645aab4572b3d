type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG 2.2, AA. */
const ENOUGH = 4.5;
const DARK: Rgb = [27, 31, 29];
const LIGHT: Rgb = [231, 234, 232];

/** Models paint boxes without a thought of dark pages: where a text cannot be read on its box, it gets another colour. */
export function makeReadable(svg: SVGSVGElement): void {
  for (const node of svg.querySelectorAll('.node, .cluster')) {
    const box = node.querySelector('rect, polygon, circle, ellipse, path');
    const fill = box && colourOf(box);
    if (!fill) continue;
    const better = contrast(fill, DARK) > contrast(fill, LIGHT) ? DARK : LIGHT;
    for (const text of node.querySelectorAll<SVGTextContentElement>('text, tspan')) {
      const colour = colourOf(text);
      if (colour && contrast(fill, colour) < ENOUGH)
        text.style.setProperty('fill', `rgb(${better.join()})`, 'important');
    }
  }
}

/** Nothing for what one can see through. */
function colourOf(element: Element): Rgb | null {
  const [, red, green, blue] = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(getComputedStyle(element).fill) ?? [];
  return red && green && blue ? [Number(red), Number(green), Number(blue)] : null;
}

function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) =>
    value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
