import { randomUUID } from 'node:crypto';

/** Words that are looked for wherever they must not be. Each says what it stands for. */
export class Canaries {
  readonly #words = new Map<string, string>();

  /** A word for what is called so. */
  hatch(name: string): string {
    const word = `canary-${randomUUID()}`;
    this.#words.set(name, word);
    return word;
  }

  /** Has a secret that somebody else made looked for as well. */
  add(name: string, secret: string): void {
    this.#words.set(name, secret);
  }

  /** The names of those in the text, but for the names that match `allowed`; also where JSON or a URL wraps them. */
  in(text: string, allowed = /(?!)/): string[] {
    const named = [...this.#words].filter(([name]) => !allowed.test(name));
    return named
      .filter(([, word]) => formsOf(word).some((form) => text.includes(form)))
      .map(([name]) => name);
  }

  /** As `in`, of each of some texts, with where that was. */
  inAll(texts: Iterable<readonly [string, string]>, allowed?: RegExp): string[] {
    return Array.from(texts).flatMap(([place, text]) =>
      this.in(text, allowed).map((name) => `${name} in ${place}`),
    );
  }
}

/** As itself, and as bytes that are shown in hexadecimal or base64. */
function formsOf(word: string): string[] {
  const bytes = Buffer.from(word);
  return [word, bytes.toString('hex'), bytes.toString('base64').slice(0, -4), encodeURIComponent(word)];
}
