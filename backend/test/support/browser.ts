/** What a browser does at a redirect: cookies by site, and one address after the other. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** @param addresses where a site really is, which the browser knows by another address. */
  constructor(private readonly addresses: Readonly<Record<string, string>>) {}

  cookie(origin: string, name: string): string | undefined {
    return this.#jar(origin).get(name);
  }

  setCookie(origin: string, pair: string): void {
    const [name = '', value = ''] = pair.split('=', 2);
    if (value === '') this.#jar(origin).delete(name);
    else this.#jar(origin).set(name, value);
  }

  /** Follows redirects up to an address that `stop` accepts, and returns that without asking for it. */
  async follow(address: string, stop: (url: URL) => boolean): Promise<URL> {
    for (let url = new URL(address); ;) {
      const response = await this.get(url);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.href} answered ${response.status}`);
      url = new URL(location, url);
      if (stop(url)) return url;
    }
  }

  async get(url: URL): Promise<Response> {
    const { origin } = url;
    const real = new URL(url.pathname + url.search, this.addresses[origin] ?? origin);
    const cookie = Array.from(this.#jar(origin), (pair) => pair.join('=')).join('; ');
    const headers = { cookie, ...(url.protocol === 'https:' && { 'x-forwarded-proto': 'https' }) };
    const response = await fetch(real, { headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.setCookie(origin, line.split(';', 1)[0] ?? '');
    return response;
  }

  #jar(origin: string): Map<string, string> {
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    return jar;
  }
}
