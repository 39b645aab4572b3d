import { Module } from '@nestjs/common';
import { BellModule } from '../bell/bell.module.js';
import { CacheModule } from '../cache/cache.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { QueueModule } from '../queue/queue.module.js';
import { StreamingModule } from '../streaming/streaming.module.js';
import { Attachments } from './attachments.service.js';
import { ChatExport } from './chat-export.js';
import { ChatNews } from './chat-news.service.js';
import { ChatSessionService } from './chat-session.service.js';
import { ChatTitles } from './chat-titles.js';
import { ChatService } from './chat.service.js';
import { GenerationService } from './generation.service.js';
import { OpenStreams } from './open-streams.js';
import { Renewals } from './renewals.js';
import { ReplySources } from './reply-sources.js';

/** Chats, messages, sessions and the making of replies. `PostgresModule` (global) offers the repositories. */
@Module({
  imports: [BellModule, CacheModule, PlansModule, ProvidersModule, QueueModule, StreamingModule],
  providers: [
    Attachments,
    ChatExport,
    ChatNews,
    ChatService,
    ChatSessionService,
    ChatTitles,
    GenerationService,
    OpenStreams,
    Renewals,
    ReplySources,
  ],
  exports: [Attachments, ChatExport, ChatNews, ChatService, ChatSessionService, GenerationService],
})
export class ChatModule {}
