import { Global, Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** Offers the one set of metrics of this process to whoever has something to count. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
