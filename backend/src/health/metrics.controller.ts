import { Controller, Get, Logger, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Metrics } from '../metrics/metrics.js';
import { GenerationQueue } from '../queue/generation-queue.js';

/** For Prometheus, of API and worker processes alike. */
@Controller('metrics')
export class MetricsController {
  private readonly logger = new Logger(MetricsController.name);

  constructor(
    private readonly metrics: Metrics,
    private readonly queue: GenerationQueue,
  ) {}

  @Get()
  async text(@Res() res: Response): Promise<void> {
    try {
      this.metrics.queuedReplies.set(await this.queue.depth());
    } catch (error) {
      // The queue is away: the rest is worth telling all the more.
      this.metrics.queuedReplies.remove();
      this.logger.warn(`queue depth unknown: ${String(error)}`);
    }
    res.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
