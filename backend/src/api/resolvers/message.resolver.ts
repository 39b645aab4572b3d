import { Extensions, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Attachment } from '../../chat/attachment.js';
import type { Message } from '../../chat/message.js';
import type { ViewerModel } from '../../plans/model-access.service.js';
import type { Loaders } from '../loaders.js';
import { CurrentLoaders } from '../request-context.js';
import { LIST_SIZE } from '../documents/document-limits.js';
import { AttachmentType } from '../types/attachment.type.js';
import { MessageType, TokenUsageType } from '../types/message.type.js';
import { ModelType } from '../types/model.type.js';

/** For what an answer is expected to cost: most messages have none. */
const USUAL_ATTACHMENTS = 2;

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

  @Extensions({ [LIST_SIZE]: USUAL_ATTACHMENTS })
  @ResolveField(() => [AttachmentType], {
    description: 'The files that its user sent with it, in order. Replies have none.',
  })
  attachments(
    @Parent() { id, role }: Message,
    @CurrentLoaders() loaders: Loaders,
  ): Promise<readonly Attachment[]> | [] {
    return role === 'USER' ? loaders.attachments.load(id) : [];
  }

  @ResolveField(() => TokenUsageType, { nullable: true })
  usage(@Parent() { inputTokens, outputTokens }: Message): TokenUsageType | undefined {
    return inputTokens === null || outputTokens === null ? undefined : { inputTokens, outputTokens };
  }
}
