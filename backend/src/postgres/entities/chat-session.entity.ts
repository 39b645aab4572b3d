import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import type { CachePolicy, SessionStatus } from '../../chat/chat-session.js';
import { ChatEntity } from './chat.entity.js';
import { MessageEntity } from './message.entity.js';

const UNFINISHED = `"status" IN ('PENDING', 'STREAMING')`;

@Entity('chat_sessions')
@Index('chat_sessions_one_unfinished_a_chat', ['chatId', 'companion'], { unique: true, where: UNFINISHED })
@Index('chat_sessions_idempotency', ['userId', 'idempotencyKey'], { unique: true })
export class ChatSessionEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'chat_sessions_pkey' })
  id: string;

  @Column('uuid')
  userId: string;

  @Index('chat_sessions_chat')
  @Column('uuid')
  chatId: string;

  @ManyToOne(() => ChatEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'chatId', foreignKeyConstraintName: 'chat_sessions_chat_fkey' })
  chat: Relation<ChatEntity>;

  @Column('uuid')
  userMessageId: string;

  @Index('chat_sessions_assistant_message')
  @Column('uuid')
  assistantMessageId: string;

  @ManyToOne(() => MessageEntity, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'assistantMessageId',
    foreignKeyConstraintName: 'chat_sessions_assistant_message_fkey',
  })
  assistantMessage: Relation<MessageEntity>;

  /** The reply that ended early, with which this one begins. No foreign key: both go with their chat. */
  @Column('uuid', { nullable: true })
  continuedMessageId: string | null;

  /** Its reply stands beside the chat's own. */
  @Column('boolean', { default: false })
  companion: boolean;

  @Column('text')
  modelId: string;

  @Column('text')
  status: SessionStatus;

  /** How often a reply was begun. The newest attempt alone may write: this is the fence. */
  @Column('integer', { default: 0 })
  attempts: number;

  /** How many of the attempts were given up in good order, by a worker that was asked to end. */
  @Column('integer', { default: 0 })
  handovers: number;

  @Column('boolean', { default: false })
  stopRequested: boolean;

  @Column('text')
  cachePolicy: CachePolicy;

  @Column('text', { nullable: true })
  idempotencyKey: string | null;

  /** Tokens that it may need, counted in `usage` until it ends. `null`: it is of before that was counted. */
  @Column('integer', { nullable: true })
  reservedTokens: number | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;
}
