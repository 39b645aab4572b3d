import { DOCUMENT, InjectionToken, inject } from '@angular/core';
import type { DrawingRequest } from './drawing';

/** A frame in which Mermaid draws. */
export interface MermaidFrame {
  /** What the frame says; it may say anything. Rejects when it says nothing for too long. */
  draw(request: DrawingRequest): Promise<unknown>;
  /** Ends whatever it is doing. */
  close(): void;
}

/** Milliseconds after the frame's page has been loaded; its script has run by then. */
const READY_WITHIN = 5_000;
/** Milliseconds; no diagram is worth more. */
const DRAWN_WITHIN = 10_000;

/**
 * Loads Mermaid, where it can do no harm: into a frame without an origin, which reaches neither this page nor any server.
 * Rejects when the server is out of reach.
 */
export const MERMAID = new InjectionToken<() => Promise<MermaidFrame>>('Mermaid', {
  providedIn: 'root',
  factory: () => {
    const document = inject(DOCUMENT);
    return () => openFrame(document);
  },
});

async function openFrame(document: Document): Promise<MermaidFrame> {
  // The build names it; see frontend/diagrams.
  const page = document.querySelector<HTMLMetaElement>('meta[name=diagrams]')?.content;
  if (!page) throw new Error('this page was built without diagrams');
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts');
  frame.src = page;
  frame.title = 'Diagrams';
  // Nobody looks at it, but it must be laid out: Mermaid measures its texts.
  frame.className = 'visually-hidden';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  const close = (): void => frame.remove();
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  try {
    // Browsers put a page of their own there when they cannot have this one.
    await ask(frame, 'ready', READY_WITHIN);
  } catch (error) {
    close();
    throw error;
  }
  return { close, draw: (request) => ask(frame, request, DRAWN_WITHIN) };
}

function ask(frame: HTMLIFrameElement, question: DrawingRequest | 'ready', within: number): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error('the frame does not answer')), within);
    port1.onmessage = ({ data }) => {
      clearTimeout(timeout);
      resolve(data);
    };
    // A frame without an origin cannot be named otherwise.
    frame.contentWindow?.postMessage(question, '*', [port2]);
  }).finally(() => port1.close());
}
