import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import type { ChatSession } from '../../chat/chat-session.js';
import { ChatSessionService } from '../../chat/chat-session.service.js';
import type { Chat } from '../../chat/chat.js';
import type { Message } from '../../chat/message.js';
import type { StartedSession } from '../../chat/session-repository.js';
import { ByApiToken } from '../access.guard.js';
import {
  CompareMessageInput,
  ContinueMessageInput,
  RegenerateMessageInput,
  StartChatSessionInput,
} from '../inputs/session.inputs.js';
import type { Loaders } from '../loaders.js';
import { CurrentLoaders, CurrentViewer } from '../request-context.js';
import { ChatSessionType, StartChatSessionPayload } from '../types/chat-session.type.js';
import { ChatType } from '../types/chat.type.js';
import { MessageType } from '../types/message.type.js';

/** A session, with what a mutation has just written for it: that need not be read back. */
type SessionParent = ChatSession & Partial<Pick<StartedSession, 'chat' | 'userMessage' | 'assistantMessage'>>;

function payloadOf({
  session,
  chat,
  userMessage,
  assistantMessage,
}: StartedSession): StartChatSessionPayload {
  const parent: SessionParent = { ...session, chat, userMessage, assistantMessage };
  return { session: parent };
}

@Resolver(() => ChatSessionType)
export class ChatSessionResolver {
  constructor(private readonly sessions: ChatSessionService) {}

  @ByApiToken('chat:read')
  @Query(() => ChatSessionType)
  chatSession(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ChatSession> {
    return this.sessions.get(viewer, id);
  }

  @ByApiToken('chat:write')
  @Mutation(() => StartChatSessionPayload, {
    description:
      "Saves the user's message, creates the session (it expires 10 minutes after its last event) and queues the reply.",
  })
  async startChatSession(
    @Args('input') { chatId, idempotencyKey, attachmentIds, ...input }: StartChatSessionInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StartChatSessionPayload> {
    const request = {
      ...{ ...input, chatId: chatId ?? undefined, idempotencyKey: idempotencyKey ?? undefined },
      attachmentIds: attachmentIds ?? undefined,
    };
    return payloadOf(await this.sessions.start(viewer, request));
  }

  @ByApiToken('chat:write')
  @Mutation(() => StartChatSessionPayload, {
    description:
      'Another reply to the same user message, beside the earlier ones. Never answered from the response cache.',
  })
  async regenerateMessage(
    @Args('input') { messageId, modelId }: RegenerateMessageInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StartChatSessionPayload> {
    return payloadOf(await this.sessions.regenerate(viewer, messageId, modelId ?? undefined));
  }

  @ByApiToken('chat:write')
  @Mutation(() => StartChatSessionPayload, {
    description:
      "Another model's reply to the same user message, beside one that may still be being written. The chat stays where " +
      'it is: `selectMessage` goes on with either. CONFLICT while another such reply is being written in the chat.',
  })
  async compareMessage(
    @Args('input') { idempotencyKey, ...input }: CompareMessageInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StartChatSessionPayload> {
    const request = { ...input, idempotencyKey: idempotencyKey ?? undefined };
    return payloadOf(await this.sessions.compare(viewer, request));
  }

  @ByApiToken('chat:write')
  @Mutation(() => StartChatSessionPayload, {
    description:
      'Goes on with a reply that was stopped or failed: another version of it, whose text begins with what was kept. ' +
      'VALIDATION_FAILED where nothing was. Never answered from the response cache.',
  })
  async continueMessage(
    @Args('input') { messageId, modelId }: ContinueMessageInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StartChatSessionPayload> {
    return payloadOf(await this.sessions.continue(viewer, messageId, modelId ?? undefined));
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatSessionType, {
    description:
      'Ends the reply: what has arrived is kept, with status STOPPED. Stopping an ended session changes nothing.',
  })
  stopChatSession(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ChatSession> {
    return this.sessions.stop(viewer, id);
  }

  @ResolveField(() => ChatType)
  chat(@Parent() { chat, chatId }: SessionParent, @CurrentLoaders() loaders: Loaders): Chat | Promise<Chat> {
    return chat ?? loaders.chat.load(chatId);
  }

  @ResolveField(() => MessageType)
  userMessage(
    @Parent() { userMessage, userMessageId }: SessionParent,
    @CurrentLoaders() loaders: Loaders,
  ): Message | Promise<Message> {
    return userMessage ?? loaders.message.load(userMessageId);
  }

  @ResolveField(() => MessageType)
  assistantMessage(
    @Parent() { assistantMessage, assistantMessageId }: SessionParent,
    @CurrentLoaders() loaders: Loaders,
  ): Message | Promise<Message> {
    return assistantMessage ?? loaders.message.load(assistantMessageId);
  }
}
