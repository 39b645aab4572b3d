import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { UserEntity } from './user.entity.js';

@Entity('chats')
@Index('chats_user_last_active', ['userId', 'updatedAt', 'id'])
@Index('chats_user_changed', ['userId', 'changedBy'])
@Index('chats_deleted', ['deletedBy', 'deletedAt'], { where: '"deletedBy" IS NOT NULL' })
@Index('chats_source', ['userId', 'sourceId'], { unique: true, where: '"sourceId" IS NOT NULL' })
@Check('chats_of_one', 'num_nonnulls("userId", "deletedBy") = 1')
export class ChatEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'chats_pkey' })
  id: string;

  /** `null`: deleted. It is nobody's then, so that whatever asks for somebody's chats does not find it. */
  @Column('uuid', { nullable: true })
  userId: string | null;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'chats_user_fkey' })
  user: Relation<UserEntity> | null;

  /** Whose it was, and will be again if they restore it. */
  @Column('uuid', { nullable: true })
  deletedBy: string | null;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'deletedBy', foreignKeyConstraintName: 'chats_deleted_by_fkey' })
  deleter: Relation<UserEntity> | null;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;

  @Column('text')
  title: string;

  /** `PROMPT`: made out of the first prompt. `ASKED`: and a model was asked for a better one. `GIVEN`: for good. */
  @Column('text', { default: 'GIVEN' })
  titleSource: 'PROMPT' | 'ASKED' | 'GIVEN';

  @Column('text', { nullable: true })
  modelId: string | null;

  @Column('text', { nullable: true })
  systemPrompt: string | null;

  @Column('double precision', { nullable: true })
  temperature: number | null;

  /** Last message of the active branch. No foreign key: the message is written after its chat. */
  @Column('uuid', { nullable: true })
  activeLeafId: string | null;

  /** The reply that stands beside the active one. No foreign key: both go with the chat. */
  @Column('uuid', { nullable: true })
  companionMessageId: string | null;

  /** What it is called where it was imported from. */
  @Column('text', { nullable: true })
  sourceId: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;

  @Column('boolean', { default: false })
  pinned: boolean;

  @Column('boolean', { default: false })
  archived: boolean;

  @Column('boolean', { default: false })
  unread: boolean;

  /** The transaction that changed it last; set by a trigger. */
  @Column('bigint', { default: 0 })
  changedBy: string;
}
