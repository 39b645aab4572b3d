import { Controller, Get, Logger, ServiceUnavailableException } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { Departure } from './departure.js';

/** For load balancers and supervisors, of API and worker processes alike. */
@Controller('health')
export class HealthController {
  private readonly logger = new Logger(HealthController.name);

  constructor(
    private readonly db: DataSource,
    private readonly redis: RedisConnections,
    private readonly config: AppConfig,
    private readonly departure: Departure,
  ) {}

  /** 200 while the process lives. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 while the process can serve: PostgreSQL and Redis answer, and nobody told it to end. 503 otherwise. */
  @Get()
  async ready(): Promise<{ status: 'ok' }> {
    if (this.departure.hasBegun) throw new ServiceUnavailableException();
    try {
      await this.db.query('SELECT 1');
      if (this.config.redisUrl) await this.redis.commands.ping();
    } catch (error) {
      this.logger.warn(`not ready: ${error instanceof Error ? error.message : String(error)}`);
      throw new ServiceUnavailableException();
    }
    return { status: 'ok' };
  }
}
