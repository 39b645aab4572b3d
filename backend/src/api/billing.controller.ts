import {
  BadRequestException,
  Controller,
  Headers,
  HttpCode,
  NotFoundException,
  Post,
  Req,
} from '@nestjs/common';
import { raw, type Request } from 'express';
import { BillingService } from '../billing/billing.service.js';

/** Of one event: a subscription with its items, never more. */
const MAX_BODY = '512kb';

/**
 * What comes here is signed as it is, byte by byte, so nothing may parse it before that is checked, and nothing unfolds it:
 * whoever sends a body pays for its size.
 */
export const BILLING_WEBHOOK = {
  path: '/billing/webhook',
  body: raw({ type: () => true, limit: MAX_BODY, inflate: false }),
};

/** Where the payment service tells of subscriptions. */
@Controller(BILLING_WEBHOOK.path)
export class BillingController {
  constructor(private readonly billing: BillingService) {}

  @Post()
  @HttpCode(200)
  async receive(
    @Req() { body }: Request & { readonly body: unknown },
    @Headers('stripe-signature') signature = '',
  ): Promise<{ readonly received: true }> {
    const answer = await this.billing.receive(Buffer.isBuffer(body) ? body : Buffer.of(), signature);
    switch (answer) {
      case 'received':
        return { received: true };
      case 'not-signed':
        throw new BadRequestException();
      case 'not-configured':
        throw new NotFoundException();
      default:
        return answer satisfies never;
    }
  }
}
