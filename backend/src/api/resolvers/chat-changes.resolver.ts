import { Args, Resolver, Subscription } from '@nestjs/graphql';
import type { Viewer } from '../../accounts/viewer.js';
import type { ChatListEvent } from '../../chat/chat-list-reading.js';
import { ChatNews } from '../../chat/chat-news.service.js';
import { ByApiToken } from '../access.guard.js';
import { CurrentViewer } from '../request-context.js';
import { ChatListEventType } from '../types/chat-list-event.types.js';

@Resolver()
export class ChatChangesResolver {
  constructor(private readonly news: ChatNews) {}

  @ByApiToken('chat:read')
  @Subscription(() => ChatListEventType, {
    resolve: (event: ChatListEvent) => event,
    description: `What changes in the viewer's chats, whoever changes it: other tabs, devices and programs, and replies that
begin and end. \`after\` is the cursor of the last event that is known; without it, or where that is minutes ago, the
first event is a ChatListResetEvent. Of a chat that changes often, events may be left out but for the last. An event
may come twice. Does not end by itself.`,
  })
  chatChanges(
    @CurrentViewer() viewer: Viewer,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ): AsyncIterableIterator<ChatListEvent> {
    return this.news.follow(viewer, after ?? undefined);
  }
}
