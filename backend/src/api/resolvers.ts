import { AccountResolver } from './resolvers/account.resolver.js';
import { AdministrationResolver } from './resolvers/administration.resolver.js';
import { ApiTokenResolver } from './resolvers/api-token.resolver.js';
import { AttachmentResolver } from './resolvers/attachment.resolver.js';
import { ChatChangesResolver } from './resolvers/chat-changes.resolver.js';
import { ChatSessionResolver } from './resolvers/chat-session.resolver.js';
import { ChatResolver } from './resolvers/chat.resolver.js';
import { InstallationResolver } from './resolvers/installation.resolver.js';
import { MessageTokensResolver } from './resolvers/message-tokens.resolver.js';
import { MessageResolver } from './resolvers/message.resolver.js';
import { ModelResolver } from './resolvers/model.resolver.js';
import { PasswordResolver } from './resolvers/password.resolver.js';
import { PlanResolver, UserPlanResolver } from './resolvers/plan.resolver.js';
import { SignInResolver } from './resolvers/sign-in.resolver.js';
import {
  ChatChangedEventType,
  ChatDeletedEventType,
  ChatListResetEventType,
} from './types/chat-list-event.types.js';
import {
  ErrorEventType,
  ReasoningEventType,
  RestartEventType,
  TokenEventType,
} from './types/message-event.types.js';

/** The whole public API: what the module serves and what schema.graphql is printed from. */
export const RESOLVERS = [
  InstallationResolver,
  SignInResolver,
  PasswordResolver,
  AccountResolver,
  ApiTokenResolver,
  PlanResolver,
  UserPlanResolver,
  AdministrationResolver,
  ModelResolver,
  ChatResolver,
  ChatChangesResolver,
  ChatSessionResolver,
  MessageResolver,
  AttachmentResolver,
  MessageTokensResolver,
];

/** Types that no field names: they stand behind the `MessageEvent` and `ChatListEvent` interfaces. */
export const ORPHANED_TYPES = [
  ...[TokenEventType, ReasoningEventType, RestartEventType, ErrorEventType],
  ...[ChatChangedEventType, ChatDeletedEventType, ChatListResetEventType],
];
