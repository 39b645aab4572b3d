import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AccountRepository } from '../accounts/account-repository.js';
import { AccountBell } from '../bell/account-bell.js';
import { AppConfig } from '../config/app-config.js';
import { Rounds } from './rounds.js';

const INTERVAL_MS = 3600_000;
/** Guests in one transaction: what hangs on them is locked as long as it takes. */
const BATCH = 50;

/** Deletes guests who have not come back, with their chats: nothing else ever would. */
@Injectable()
export class GuestSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = Rounds.inBatches(GuestSweep.name, BATCH, (size) => this.remove(size));

  constructor(
    private readonly accounts: AccountRepository,
    private readonly bell: AccountBell,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.guestRetentionDays === 0) return;
    void this.rounds.next();
    this.rounds.start(INTERVAL_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  /** One round. Never rejects. */
  sweep(): Promise<void> {
    return this.rounds.next();
  }

  private async remove(atMost: number): Promise<number> {
    const removed = await this.accounts.removeGuests(this.config.guestRetentionDays, atMost);
    for (const guestId of removed) this.bell.ring(guestId);
    return removed.length;
  }
}
