import { ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Message } from '../../chat/message.js';
import type { ViewerModel } from '../../plans/model-access.service.js';
import type { Loaders } from '../loaders.js';
import { CurrentLoaders } from '../request-context.js';
import { MessageType, TokenUsageType } from '../types/message.type.js';
import { ModelType } from '../types/model.type.js';

@Resolver(() => MessageType)
export class MessageResolver {
  @ResolveField(() => ModelType, { nullable: true })
  model(
    @Parent() { modelId }: Message,
    @CurrentLoaders() loaders: Loaders,
  ): Promise<ViewerModel | null> | null {
    return modelId === null ? null : loaders.model.load(modelId);
  }

  @ResolveField(() => [ID], {
    description: 'The messages with the same parent, this one included, oldest first: its versions.',
  })
  siblingIds(@Parent() { id }: Message, @CurrentLoaders() loaders: Loaders): Promise<readonly string[]> {
    return loaders.siblingIds.load(id);
  }

  @ResolveField(() => TokenUsageType, { nullable: true })
  usage(@Parent() { inputTokens, outputTokens }: Message): TokenUsageType | undefined {
    return inputTokens === null || outputTokens === null ? undefined : { inputTokens, outputTokens };
  }
}
