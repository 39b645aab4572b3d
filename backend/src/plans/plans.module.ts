import { Module } from '@nestjs/common';
import { BellModule } from '../bell/bell.module.js';
import { AppConfig } from '../config/app-config.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { Administration } from './administration.service.js';
import { ModelAccess } from './model-access.service.js';
import { PlanService } from './plan.service.js';
import { PlanCatalog } from './plan-catalog.js';
import { readPlans } from './plans-file.js';

/** What somebody may use, and how much of it. `PostgresModule` (global) offers the repositories. */
@Module({
  imports: [BellModule, ProvidersModule],
  providers: [
    Administration,
    ModelAccess,
    PlanService,
    {
      provide: PlanCatalog,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new PlanCatalog(readPlans(config)),
    },
  ],
  exports: [Administration, ModelAccess, PlanService, PlanCatalog],
})
export class PlansModule {}
