import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { hearRefusals } from '../errors/refusals.js';

/** What this process can tell from outside. Names and units follow Prometheus (https://prometheus.io/docs/practices/naming/). */
@Injectable()
export class Metrics implements OnModuleDestroy {
  readonly registry = new Registry();

  readonly openStreams = new Gauge({
    name: 'rivulet_open_streams',
    help: 'Subscriptions that this process has open',
    registers: [this.registry],
  });

  readonly resumedStreams = new Counter({
    name: 'rivulet_resumed_streams_total',
    help: 'Readers that came back with a cursor',
    registers: [this.registry],
  });

  readonly runningReplies = new Gauge({
    name: 'rivulet_running_replies',
    help: 'Replies that this process is making',
    registers: [this.registry],
  });

  readonly restartedReplies = new Counter({
    name: 'rivulet_restarted_replies_total',
    help: 'Attempts after the first that this process began',
    registers: [this.registry],
  });

  readonly endedReplies = new Counter({
    name: 'rivulet_ended_replies_total',
    help: 'Replies that this process ended, by status and by error code',
    labelNames: ['status', 'code'],
    registers: [this.registry],
  });

  readonly queuedReplies = new Gauge({
    name: 'rivulet_queued_replies',
    help: 'Replies that wait for a worker, in the whole installation',
    registers: [this.registry],
  });

  readonly refusals = new Counter({
    name: 'rivulet_refusals_total',
    help: 'Errors that this process answered requests with, by code',
    labelNames: ['code'],
    registers: [this.registry],
  });

  readonly #stopHearing = hearRefusals((code) => this.refusals.inc({ code }));

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  onModuleDestroy(): void {
    this.#stopHearing();
  }
}
