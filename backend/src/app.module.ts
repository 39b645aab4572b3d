import { type DynamicModule, Module } from '@nestjs/common';
import { ApiModule } from './api/api.module.js';
import type { AppConfig } from './config/app-config.js';
import { ConfigModule } from './config/config.module.js';
import { HealthModule } from './health/health.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PostgresModule } from './postgres/postgres.module.js';
import { WorkerModule } from './worker/worker.module.js';

/** The process: what its role wants of the whole. */
@Module({})
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        MetricsModule,
        PostgresModule,
        HealthModule,
        ...(config.role === 'worker' ? [] : [ApiModule]),
        ...(config.role === 'api' ? [] : [WorkerModule.forRoot(config)]),
      ],
    };
  }
}
