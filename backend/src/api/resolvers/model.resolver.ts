import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import { ModelAccess, type ViewerModel } from '../../plans/model-access.service.js';
import { ByApiToken } from '../access.guard.js';
import { CurrentViewer, OptionalViewer } from '../request-context.js';
import { ModelType } from '../types/model.type.js';

@Resolver(() => ModelType)
export class ModelResolver {
  constructor(private readonly access: ModelAccess) {}

  @ByApiToken('chat:read')
  @Query(() => [ModelType], {
    description: 'The whole catalog as this viewer sees it: pinned models first, in pin order.',
  })
  models(@OptionalViewer() viewer: Viewer | undefined): Promise<ViewerModel[]> {
    return this.access.list(viewer);
  }

  @ByApiToken('chat:write')
  @Mutation(() => [ModelType])
  pinModel(
    @Args('modelId', { type: () => ID }) modelId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ViewerModel[]> {
    return this.access.pin(viewer, modelId);
  }

  @ByApiToken('chat:write')
  @Mutation(() => [ModelType])
  unpinModel(
    @Args('modelId', { type: () => ID }) modelId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ViewerModel[]> {
    return this.access.unpin(viewer, modelId);
  }

  @ByApiToken('chat:write')
  @Mutation(() => [ModelType], {
    description:
      'Puts a pinned model before another one. Where one of them is not pinned any more, nothing changes.',
  })
  movePinnedModel(
    @Args('modelId', { type: () => ID }) modelId: string,
    @Args('before', { type: () => ID, nullable: true, description: 'Left out: last.' })
    before: string | null | undefined,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ViewerModel[]> {
    return this.access.movePin(viewer, modelId, before ?? undefined);
  }
}
