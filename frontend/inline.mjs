/**
 * Puts the styles and the script that the first paint waits for into the page itself: they are small, and it is painted two
 * ways to the server earlier. The server allows that one script by its hash.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '..', 'dist', 'frontend', 'browser');
const STYLES = /<link rel="stylesheet" href="([^"]+)" nonce="([^"]+)">/;
const SCRIPT = /<script src="(begin\.js)"[^>]*><\/script>/;

const index = join(PAGE, 'index.html');
let html = readFileSync(index, 'utf8');

/** They are in it already where this was run before. */
function inline(named, element) {
  const [tag, file, nonce] = html.match(named) ?? [];
  if (!tag) return;
  const text = readFileSync(join(PAGE, file), 'utf8').trim();
  html = html.replace(tag, () => element(text, nonce));
  rmSync(join(PAGE, file));
}

inline(STYLES, (text, nonce) => `<style nonce="${nonce}">${text}</style>`);
inline(SCRIPT, (text) => `<script>${text}</script>`);
writeFileSync(index, html);
