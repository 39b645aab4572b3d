import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import type { MessageRole, MessageStatus } from '../../chat/message.js';
import type { ErrorCode } from '../../errors/error-code.js';
import { ChatEntity } from './chat.entity.js';

@Entity('messages')
@Index('messages_tree', ['chatId', 'parentId', 'createdAt'])
export class MessageEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'messages_pkey' })
  id: string;

  @Column('uuid')
  chatId: string;

  @ManyToOne(() => ChatEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'chatId', foreignKeyConstraintName: 'messages_chat_fkey' })
  chat: Relation<ChatEntity>;

  @Index('messages_parent')
  @Column('uuid', { nullable: true })
  parentId: string | null;

  @ManyToOne(() => MessageEntity, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'parentId', foreignKeyConstraintName: 'messages_parent_fkey' })
  parent: Relation<MessageEntity> | null;

  @Column('text')
  role: MessageRole;

  @Column('text', { default: '' })
  content: string;

  @Column('text', { nullable: true })
  reasoning: string | null;

  @Column('text')
  status: MessageStatus;

  @Column('text', { nullable: true })
  modelId: string | null;

  /** The statement's time, so that versions made one after the other keep their order. */
  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Column('boolean', { default: false })
  fromCache: boolean;

  @Column('integer', { nullable: true })
  inputTokens: number | null;

  @Column('integer', { nullable: true })
  outputTokens: number | null;

  @Column('integer', { nullable: true })
  timeToFirstTokenMs: number | null;

  @Column('text', { nullable: true })
  errorCode: ErrorCode | null;
}
