import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ɵparseMessage as parseMessage } from '@angular/localize';
import ts from 'typescript';
import { GERMAN } from './german';

interface Message {
  /** As in a language's file. */
  readonly text: string;
  /** Not only when somebody asks for it, but when its file is loaded. */
  readonly early: boolean;
}

const FRONTEND = fileURLToPath(new URL('../../..', import.meta.url));

/** Everything that the compiled page says: of its templates, and of its code. */
function messagesOfThePage(): readonly Message[] {
  const compiled = mkdtempSync(join(tmpdir(), 'rivulet-messages-'));
  try {
    const cli = dirname(createRequire(import.meta.url).resolve('@angular/compiler-cli/package.json'));
    const ngc = join(cli, 'bundles/src/bin/ngc.js');
    const project = ['-p', join(FRONTEND, 'tsconfig.app.json'), '--rootDir', join(FRONTEND, 'src')];
    execFileSync(process.execPath, [ngc, ...project, '--outDir', compiled]);
    return readdirSync(compiled, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => messagesIn(readFileSync(join(compiled, file), 'utf8')));
  } finally {
    rmSync(compiled, { recursive: true });
  }
}

function messagesIn(code: string): readonly Message[] {
  const messages: Message[] = [];
  const visit = (node: ts.Node, within: boolean): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === '$localize')
      messages.push({ text: textOf(node.template), early: !within });
    ts.forEachChild(node, (child) => visit(child, within || isLater(node)));
  };
  visit(ts.createSourceFile('page.js', code, ts.ScriptTarget.Latest, true), false);
  return messages;
}

/** What is in it is not run when its file is loaded. */
function isLater(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return true;
  return (
    ts.isPropertyDeclaration(node) &&
    !node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
  );
}

function textOf(template: ts.TemplateLiteral): string {
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
  const strings = Object.assign(
    parts.map(({ text }) => text),
    { raw: parts.map(({ rawText = '' }) => rawText) },
  );
  const { text, meaning } = parseMessage(strings, Array<string>(parts.length - 1).fill(''));
  return meaning ? `${meaning}|${text.trim()}` : text.trim();
}

function gapsIn(text: string): readonly string[] {
  return (text.match(/\{\$\w+\}/g) ?? []).sort();
}

describe('German', () => {
  let messages: readonly Message[];

  beforeAll(() => {
    messages = messagesOfThePage();
  }, 120_000);

  it('has a text for everything that the page says', () => {
    const missing = new Set(messages.map(({ text }) => text).filter((text) => !(text in GERMAN)));
    expect([...missing]).toEqual([]);
  });

  it('has none for what the page does not say', () => {
    const said = new Set(messages.map(({ text }) => text));
    expect(Object.keys(GERMAN).filter((text) => !said.has(text))).toEqual([]);
  });

  it('leaves the gaps of the English, and is no louder', () => {
    const wrong = Object.entries(GERMAN).filter(
      ([english, german]) => gapsIn(german).join() !== gapsIn(english).join() || german.includes('!'),
    );
    expect(wrong).toEqual([]);
  });

  it('is asked for by nothing before it is there', () => {
    expect(messages.filter(({ early }) => early)).toEqual([]);
  });
});
