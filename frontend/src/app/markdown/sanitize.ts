import DOMPurify from 'dompurify';

const CONFIG = {
  ALLOWED_TAGS: [
    ...[
      'a',
      'b',
      'br',
      'code',
      'del',
      'em',
      'i',
      'kbd',
      'mark',
      's',
      'small',
      'span',
      'strong',
      'sub',
      'sup',
      'u',
    ],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['class', 'dir', 'href', 'scope', 'title'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  // Everything else must look like an address to pass, and these two never do.
  ADD_URI_SAFE_ATTR: ['dir', 'scope'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

/** Without either, HTML is nothing but its text, and need not be parsed to find that out. */
const MARKUP = /[<&]/;

/**
 * The second gate. Rendering already turned raw HTML into text; what it may have missed ends here.
 * Nodes come back, not a string: nothing is parsed again, and Angular's own gate is bypassed nowhere.
 */
export function sanitize(html: string): DocumentFragment {
  if (!MARKUP.test(html)) return textOnly(html);
  const fragment = DOMPurify.sanitize(html, CONFIG);
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  return fragment;
}

function textOnly(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  if (text) fragment.append(text);
  return fragment;
}

const FORMULA = {
  ALLOWED_TAGS: [
    ...[
      'span',
      'svg',
      'path',
      'line',
      'math',
      'semantics',
      'annotation',
      'mrow',
      'mi',
      'mn',
      'mo',
      'ms',
      'mtext',
    ],
    ...[
      'mspace',
      'msub',
      'msup',
      'msubsup',
      'munder',
      'mover',
      'munderover',
      'mfrac',
      'msqrt',
      'mroot',
      'mstyle',
    ],
    ...['mtable', 'mtr', 'mtd', 'mlabeledtr', 'mpadded', 'mphantom', 'menclose', 'mglyph'],
  ],
  ALLOWED_ATTR: [
    ...[
      'class',
      'dir',
      'style',
      'aria-hidden',
      'xmlns',
      'encoding',
      'display',
      'width',
      'height',
      'depth',
      'voffset',
    ],
    ...['viewBox', 'preserveAspectRatio', 'd', 'x1', 'x2', 'y1', 'y2', 'stroke-width', 'lspace', 'rspace'],
    ...['mathvariant', 'mathcolor', 'mathbackground', 'mathsize', 'displaystyle', 'scriptlevel', 'stretchy'],
    ...['fence', 'separator', 'accent', 'accentunder', 'minsize', 'maxsize', 'movablelimits', 'symmetric'],
    ...['linethickness', 'notation', 'columnalign', 'columnspacing', 'columnlines', 'rowspacing', 'rowlines'],
    ...['frame', 'side', 'linebreak'],
  ],
  ADD_URI_SAFE_ATTR: ['dir'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  IN_PLACE: true as const,
};

/**
 * The same gate for a formula that is set in type. Its nodes stay the ones that they are: they carry sizes that the content
 * security policy would refuse if they came as text.
 */
export function sanitizeFormula(formula: HTMLElement): void {
  DOMPurify.sanitize(formula, FORMULA);
}
