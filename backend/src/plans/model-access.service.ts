import { Injectable } from '@nestjs/common';
import { AccountRepository } from '../accounts/account-repository.js';
import type { Viewer } from '../accounts/viewer.js';
import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { ModelCatalog, type CatalogModel } from '../providers/model-catalog.js';
import { PlanCatalog } from './plan-catalog.js';
import type { Plan, PlanHolder } from './plan.js';

/** A model as one viewer sees it. */
export interface ViewerModel extends CatalogModel {
  readonly available: boolean;
  readonly unavailableReason: ErrorCode | null;
  /** The environment variable that would configure it; `null` for whoever cannot set it, and where nothing is missing. */
  readonly missingSetting: string | null;
  readonly pinned: boolean;
  /** Those that include it, cheapest first. */
  readonly plans: readonly Plan[];
}

/** Which models somebody may use, and the ones that they like best. */
@Injectable()
export class ModelAccess {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly plans: PlanCatalog,
    private readonly accounts: AccountRepository,
  ) {}

  /** The catalog, pinned models first in pin order. */
  async list(viewer: Viewer | undefined): Promise<ViewerModel[]> {
    const pins = viewer ? await this.accounts.pinnedModels(viewer.id) : [];
    const models = this.catalog.all().map((model) => this.asSeen(model, viewer, pins));
    const rank = (model: ViewerModel): number => (model.pinned ? pins.indexOf(model.id) : pins.length);
    return models.sort((a, b) => rank(a) - rank(b));
  }

  /** The model, or MODEL_NOT_FOUND, MODEL_NOT_CONFIGURED, MODEL_NOT_IN_PLAN (with the cheapest plan that has it). */
  require(holder: PlanHolder, modelId: string): CatalogModel {
    const model = this.known(modelId);
    const plans = this.plans.including(modelId);
    const reason = unavailableReason(model, plans, this.plans.of(holder));
    if (reason === 'MODEL_NOT_CONFIGURED')
      throw new AppError(reason, `${model.name} has no key on this server.`);
    if (reason) {
      const facts = plans[0] && { plan: plans[0].name };
      throw new AppError(reason, `${model.name} is not part of this plan.`, { facts });
    }
    return model;
  }

  async pin(viewer: Viewer, modelId: string): Promise<ViewerModel[]> {
    this.known(modelId);
    await this.accounts.pinModel(viewer.id, modelId);
    return this.list(viewer);
  }

  async unpin(viewer: Viewer, modelId: string): Promise<ViewerModel[]> {
    // Also one that has left the catalog; what was never pinned may be no name of a model at all.
    if ((await this.accounts.pinnedModels(viewer.id)).includes(modelId)) {
      await this.accounts.unpinModel(viewer.id, modelId);
    }
    return this.list(viewer);
  }

  /** Puts a pin before another one, or last. Pins that were taken out meanwhile are left alone. */
  async movePin(viewer: Viewer, modelId: string, before?: string): Promise<ViewerModel[]> {
    this.known(modelId);
    if (before !== undefined) this.known(before);
    await this.accounts.movePinnedModel(viewer.id, modelId, before);
    return this.list(viewer);
  }

  private known(modelId: string): CatalogModel {
    const model = this.catalog.find(modelId);
    if (!model) throw new AppError('MODEL_NOT_FOUND', 'There is no such model on this server.');
    return model;
  }

  private asSeen(model: CatalogModel, viewer: Viewer | undefined, pins: readonly string[]): ViewerModel {
    const plans = this.plans.including(model.id);
    const reason = unavailableReason(model, plans, this.plans.of(viewer));
    return {
      ...model,
      available: reason === null,
      unavailableReason: reason,
      missingSetting: viewer?.isAdmin && !model.configured ? model.setting : null,
      pinned: pins.includes(model.id),
      plans,
    };
  }
}

function unavailableReason(
  { configured }: CatalogModel,
  including: readonly Plan[],
  plan: Plan,
): ErrorCode | null {
  if (!configured) return 'MODEL_NOT_CONFIGURED';
  return including.includes(plan) ? null : 'MODEL_NOT_IN_PLAN';
}
