import type { BillingEvent } from './billing-event.js';

/** Reads what the payment service sends. */
export abstract class BillingEvents {
  /** `undefined`: it was not signed with our secret, or too long ago, or is no event. */
  abstract read(body: Buffer, signature: string): BillingEvent | undefined;
}
