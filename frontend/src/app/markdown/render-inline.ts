import { Lexer, Marked, Parser, Renderer, getDefaults } from 'marked';
import type { MarkedOptions, Tokens } from 'marked';
import type { Links } from './block';
import { formulaSyntax, isFormula, type FormulaToken, type Growth } from './formula-tokens';
import { SPARING } from './sparing-lexing';

/** A line break the model wrote is one that is meant: addresses and verses keep their lines. */
const FLAVOUR = { gfm: true, breaks: true, silent: true };
const OPTIONS: MarkedOptions = { ...getDefaults(), ...FLAVOUR };
const LEXING: Readonly<Record<Growth, MarkedOptions>> = {
  whole: new Marked(FLAVOUR, formulaSyntax('whole'), SPARING).defaults,
  growing: new Marked(FLAVOUR, formulaSyntax('growing'), SPARING).defaults,
};

const PROTOCOLS = ['http:', 'https:', 'mailto:'];

/** Models write these bare tags inside text and table cells; with no attributes they are harmless. */
const BARE_TAG = /&lt;(\/?)(br|sub|sup|kbd|mark|u|s|b|i|small)\s*\/?&gt;/gi;

/** The HTML of one run of inline Markdown. Raw HTML in it comes out as text. */
export function renderInline(markup: string, links: Links): string {
  try {
    return Parser.parseInline(replyLexer(links).inlineTokens(markup), rendering());
  } catch (error) {
    // Thousands of nested marks exhaust the stack; such a text is shown as it came.
    if (!(error instanceof RangeError)) throw error;
    return escape(markup);
  }
}

/**
 * The HTML of a table; its cells may be closed first, while they grow. Above the names of rows often stands nothing, which
 * heads no column.
 */
export function renderTable(table: Tokens.Table, links: Links, cell: (markup: string) => string): string {
  const row = (cells: Tokens.TableCell[], tag: 'th' | 'td') =>
    `<tr>${cells
      .map(({ text, align }) => {
        const isHeading = tag === 'th' && text.trim() !== '';
        const [start, end] = isHeading ? ['th scope="col"', 'th'] : ['td', 'td'];
        return `<${start} class="${align ?? 'start'}" dir="auto">${renderInline(cell(text), links)}</${end}>`;
      })
      .join('')}</tr>`;
  const body = table.rows.map((cells) => row(cells, 'td')).join('');
  return `<table><thead>${row(table.header, 'th')}</thead>${body && `<tbody>${body}</tbody>`}</table>`;
}

/** Raw HTML, readable as the text it is; comments say nothing to a reader. */
export function renderVerbatim(html: string): string {
  return escape(html.replace(/<!--[\s\S]*?(?:-->|$)/g, '').trim()).replace(BARE_TAG, '<$1$2>');
}

/** The source of a formula, for `Formulas` to set in type unless it is open: half a formula is none. */
export function renderFormula({ tex, display, open }: Omit<FormulaToken, 'type' | 'raw'>): string {
  const classes = `formula${display ? ' display' : ''}${open ? ' open' : ''}`;
  return `<span class="${classes}" dir="ltr">${escape(tex)}</span>`;
}

/** A lexer that knows the definitions found so far. */
export function replyLexer(links: Links = {}, growth: Growth = 'whole'): Lexer {
  const lexer = new Lexer(LEXING[growth]);
  // No prototype: `[constructor]` is a label like any other.
  lexer.tokens.links = Object.assign(Object.create(null) as typeof lexer.tokens.links, links);
  return lexer;
}

function rendering(): MarkedOptions {
  return {
    ...OPTIONS,
    extensions: { renderers: { formula: inlineFormula }, childTokens: {} },
    renderer: new InertRenderer(),
  };
}

function inlineFormula(token: Tokens.Generic): string | false {
  return isFormula(token) && renderFormula(token);
}

/** The address, when following it can do no more than open a page or a mail. */
function inertAddress(href: string): URL | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  return PROTOCOLS.includes(url.protocol) ? url : null;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

class InertRenderer extends Renderer {
  #insideLink = false;

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return renderVerbatim(text);
  }

  override text(token: Tokens.Text | Tokens.Escape): string {
    // Text between raw tags is marked "escaped" although nobody escaped it.
    return 'escaped' in token && token.escaped ? escape(token.text) : super.text(token);
  }

  override codespan({ text }: Tokens.Codespan): string {
    return `<code dir="ltr">${escape(text)}</code>`;
  }

  override link({ href, title, text, tokens, autolink }: Tokens.Link): string {
    const url = inertAddress(href);
    if (!url || this.#insideLink) return autolink ? escape(text) : this.parser.parseInline(tokens);
    this.#insideLink = true;
    const inner = autolink ? escape(text) : this.parser.parseInline(tokens);
    this.#insideLink = false;
    return `<a href="${escape(url.href)}"${title ? ` title="${escape(title)}"` : ''}>${inner}</a>`;
  }

  /** A remote image would tell its host who reads the reply, so the reader decides: it is a link. */
  override image({ href, text }: Tokens.Image): string {
    const url = inertAddress(href);
    const alt = text.trim() || $localize`no description`;
    if (!url || url.protocol === 'mailto:')
      return `<span class="image">${escape($localize`Image: ${alt}:description:`)}</span>`;
    const label = escape($localize`Image: ${alt}:description: — ${url.host}:host:`);
    return this.#insideLink
      ? `<span class="image">${label}</span>`
      : `<a class="image" href="${escape(url.href)}">${label}</a>`;
  }
}
