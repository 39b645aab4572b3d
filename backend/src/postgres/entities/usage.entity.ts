import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { UserEntity } from './user.entity.js';

/**
 * What a user has used, and the limits of the start that wrote last: the checks refuse a start that is above them. What
 * settles a reply takes the limits away, for that must not be refused.
 */
@Entity('usage')
@Check('usage_messages_within_limit', '"messages" <= "messagesLimit"')
@Check('usage_tokens_within_limit', '"tokens" + "reserved" <= "tokensLimit"')
@Check('usage_replies_within_limit', '"running" <= "repliesLimit"')
export class UsageEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'usage_pkey' })
  userId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'usage_user_fkey' })
  user: Relation<UserEntity>;

  /** The day, in UTC, that `messages` is of. */
  @Column('date')
  day: string;

  @Column('integer')
  messages: number;

  /** The first day of the month, in UTC, that `tokens` is of. */
  @Column('date')
  month: string;

  /** Of replies that have ended. */
  @Column('bigint')
  tokens: string;

  /** Tokens that the replies which are being written may need. */
  @Column('bigint')
  reserved: string;

  /** Replies that are being written. */
  @Column('integer')
  running: number;

  @Column('integer', { nullable: true })
  messagesLimit: number | null;

  @Column('bigint', { nullable: true })
  tokensLimit: string | null;

  @Column('integer', { nullable: true })
  repliesLimit: number | null;
}
