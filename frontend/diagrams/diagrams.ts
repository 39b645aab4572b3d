/**
 * Draws diagrams for the page, in a frame that has no origin and may ask nobody for anything. The page puts one question at a
 * time, each with a port for the answer.
 */
import mermaid from 'mermaid';
import type { Drawing, DrawingRequest } from '../src/app/markdown/drawing';
import { configuration } from './configuration';
import { makeReadable } from './make-readable';

/** CSS pixels; diagrams that fill the room they are given fill the page's column. */
const WIDTH = 704;

addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<DrawingRequest | 'ready'>) => {
  if (source !== parent || !port) return;
  if (data === 'ready') port.postMessage('ready');
  else void draw(data).then((drawing) => port.postMessage(drawing));
});

/** Nothing, where Mermaid does not understand the source. */
async function draw({ source, colours }: DrawingRequest): Promise<Drawing | null> {
  const place = document.createElement('div');
  place.style.width = `${WIDTH}px`;
  document.body.append(place);
  try {
    mermaid.initialize(configuration(colours));
    const { svg } = await mermaid.render('diagram', source, place);
    place.innerHTML = svg;
    const drawn = place.querySelector('svg');
    if (!drawn) return null;
    makeReadable(drawn);
    return asDrawing(drawn);
  } catch {
    return null;
  } finally {
    place.remove();
  }
}

/** An image has no room to fill: it is as large as it says. */
function asDrawing(svg: SVGSVGElement): Drawing {
  const { width, height } = svg.viewBox.baseVal ?? svg.getBoundingClientRect();
  svg.setAttribute('width', `${width}`);
  svg.setAttribute('height', `${height}`);
  svg.style.removeProperty('max-width');
  const title = svg.querySelector(':scope > title')?.textContent ?? '';
  return { svg: new XMLSerializer().serializeToString(svg), width, height, title };
}
