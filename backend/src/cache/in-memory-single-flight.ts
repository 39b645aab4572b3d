import { LEAD_SECONDS, SingleFlight } from './single-flight.js';

interface Lead {
  readonly sessionId: string;
  readonly until: number;
}

/** Single flight of one process. */
export class InMemorySingleFlight extends SingleFlight {
  readonly #leads = new Map<string, Lead>();

  /** @param now the time in milliseconds. */
  constructor(private readonly now: () => number = Date.now) {
    super();
  }

  override lead(key: string, sessionId: string): Promise<string> {
    const lead = this.#leads.get(key);
    if (lead && lead.until > this.now() && lead.sessionId !== sessionId)
      return Promise.resolve(lead.sessionId);
    this.#leads.set(key, { sessionId, until: this.now() + LEAD_SECONDS * 1000 });
    return Promise.resolve(sessionId);
  }

  override release(key: string, sessionId: string): Promise<void> {
    if (this.#leads.get(key)?.sessionId === sessionId) this.#leads.delete(key);
    return Promise.resolve();
  }
}
