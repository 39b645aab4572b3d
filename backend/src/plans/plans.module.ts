import { Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { ModelAccess } from './model-access.service.js';
import { PlanService } from './plan.service.js';
import { PlanCatalog } from './plan-catalog.js';
import { readPlans } from './plans-file.js';

/** What somebody may use, and how much of it. `PostgresModule` (global) offers the repositories. */
@Module({
  imports: [ProvidersModule],
  providers: [
    ModelAccess,
    PlanService,
    {
      provide: PlanCatalog,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new PlanCatalog(readPlans(config)),
    },
  ],
  exports: [ModelAccess, PlanService, PlanCatalog],
})
export class PlansModule {}
