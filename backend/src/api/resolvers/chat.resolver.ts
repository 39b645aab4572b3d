import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import type { ChatSession } from '../../chat/chat-session.js';
import { ChatService } from '../../chat/chat.service.js';
import { RESTORABLE_SECONDS, type Chat, type ChatFilter } from '../../chat/chat.js';
import type { Message } from '../../chat/message.js';
import type { ViewerModel } from '../../plans/model-access.service.js';
import { ByApiToken } from '../access.guard.js';
import { UpdateChatSettingsInput } from '../inputs/chat.inputs.js';
import type { Loaders } from '../loaders.js';
import { CurrentLoaders, CurrentViewer } from '../request-context.js';
import { ChatSessionType } from '../types/chat-session.type.js';
import { ImportChatInput } from '../inputs/import.inputs.js';
import { ChatType, ImportChatPayload } from '../types/chat.type.js';
import { ChatFilterEnum } from '../types/enums.js';
import { MessageType } from '../types/message.type.js';
import { ModelType } from '../types/model.type.js';
import {
  ChatConnectionType,
  chatConnectionOf,
  connectionOf,
  MessageConnectionType,
} from '../types/page.types.js';

@Resolver(() => ChatType)
export class ChatResolver {
  constructor(private readonly chatService: ChatService) {}

  @ByApiToken('chat:read')
  @Query(() => ChatConnectionType, { description: "The viewer's chats, last active first." })
  async chats(
    @CurrentViewer() viewer: Viewer,
    @Args('first', { type: () => Int, defaultValue: 30 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
    @Args('search', {
      type: () => String,
      nullable: true,
      description:
        'Words, or parts of some, that all stand in the title or in one message, whatever their case.',
    })
    search?: string | null,
    @Args('filter', {
      type: () => ChatFilterEnum,
      nullable: true,
      description: 'Left out: UNARCHIVED, or ALL where something is searched for.',
    })
    filter?: ChatFilter | null,
  ): Promise<ChatConnectionType> {
    const request = {
      first,
      after: after ?? undefined,
      search: search ?? undefined,
      filter: filter ?? undefined,
    };
    return chatConnectionOf(await this.chatService.list(viewer, request));
  }

  @ByApiToken('chat:read')
  @Query(() => ChatType)
  chat(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chatService.get(viewer, id);
  }

  @ByApiToken('chat:read')
  @Query(() => MessageConnectionType, {
    description: 'The active branch of a chat, oldest message first; `last`/`before` page backwards.',
  })
  async chatHistory(
    @CurrentViewer() viewer: Viewer,
    @Args('chatId', { type: () => ID }) chatId: string,
    @Args('last', { type: () => Int, defaultValue: 50 }) last: number,
    @Args('before', { type: () => String, nullable: true }) before?: string | null,
  ): Promise<MessageConnectionType> {
    return connectionOf(await this.chatService.history(viewer, chatId, last, before ?? undefined));
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType)
  renameChat(
    @Args('id', { type: () => ID }) id: string,
    @Args('title') title: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Chat> {
    return this.chatService.rename(viewer, id, title);
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType, {
    description: 'Changes what is given, for every reply that is begun from now on.',
  })
  updateChatSettings(
    @Args('id', { type: () => ID }) id: string,
    @Args('input') { modelId, ...input }: UpdateChatSettingsInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Chat> {
    return this.chatService.updateSettings(viewer, id, { ...input, modelId: modelId ?? undefined });
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType)
  pinChat(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chatService.setPlace(viewer, id, { pinned: true });
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType)
  unpinChat(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chatService.setPlace(viewer, id, { pinned: false });
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType, { description: 'Takes the chat out of the list. A search finds it still.' })
  archiveChat(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chatService.setPlace(viewer, id, { archived: true });
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType)
  unarchiveChat(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chatService.setPlace(viewer, id, { archived: false });
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType, { description: 'Its user has seen the replies that have ended in it.' })
  markChatRead(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chatService.setPlace(viewer, id, { unread: false });
  }

  @ByApiToken('chat:write')
  @Mutation(() => ImportChatPayload, {
    description:
      'A chat from elsewhere with all its messages, or none of it: VALIDATION_FAILED says which is wrong.',
  })
  importChat(
    @Args('input') input: ImportChatInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<{ chat: Chat; created: boolean }> {
    return this.chatService.import(viewer, input);
  }

  @ByApiToken('chat:write')
  @Mutation(() => ID, {
    description: 'Ends a reply that is being written in it. `restoreChat` takes it back.',
  })
  deleteChat(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<string> {
    return this.chatService.delete(viewer, id);
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType, {
    description: `Gives back a chat that was deleted less than ${RESTORABLE_SECONDS / 60} minutes ago. One that is not deleted stays as it is.`,
  })
  restoreChat(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Chat> {
    return this.chatService.restore(viewer, id);
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType, {
    description:
      'A new chat with copies of all that was said up to this message. CONFLICT while that is being written.',
  })
  forkChat(
    @Args('messageId', { type: () => ID }) messageId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Chat> {
    return this.chatService.fork(viewer, messageId);
  }

  @ByApiToken('chat:write')
  @Mutation(() => ChatType, { description: 'Makes the branch that this message stands on the active one.' })
  selectMessage(
    @Args('messageId', { type: () => ID }) messageId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Chat> {
    return this.chatService.selectMessage(viewer, messageId);
  }

  @ResolveField(() => ModelType, { nullable: true })
  model(@Parent() { modelId }: Chat, @CurrentLoaders() loaders: Loaders): Promise<ViewerModel | null> | null {
    return modelId === null ? null : loaders.model.load(modelId);
  }

  @ResolveField(() => ChatSessionType, {
    nullable: true,
    description: 'The session whose reply is being written now, if any: subscribe to it after a reload.',
  })
  async activeSession(
    @Parent() { id }: Chat,
    @CurrentLoaders() loaders: Loaders,
  ): Promise<ChatSession | null> {
    return (await loaders.activeSessions.load(id)).find(({ companion }) => !companion) ?? null;
  }

  @ResolveField(() => ChatSessionType, {
    nullable: true,
    description: 'The session of a companion that is being written now, if any.',
  })
  async companionSession(
    @Parent() { id }: Chat,
    @CurrentLoaders() loaders: Loaders,
  ): Promise<ChatSession | null> {
    return (await loaders.activeSessions.load(id)).find(({ companion }) => companion) ?? null;
  }

  @ResolveField(() => MessageType, {
    nullable: true,
    description:
      "Another model's reply, beside the last one of the active branch: see `compareMessage`. It stands there until " +
      '`selectMessage` chooses, or the next message is sent.',
  })
  companionMessage(
    @Parent() { companionMessageId }: Chat,
    @CurrentLoaders() loaders: Loaders,
  ): Promise<Message> | null {
    return companionMessageId === null ? null : loaders.message.load(companionMessageId);
  }
}
