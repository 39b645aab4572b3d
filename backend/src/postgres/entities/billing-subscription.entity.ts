import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { SubscriptionStatus } from '../../plans/plan-subscription.js';
import { UserEntity } from './user.entity.js';

/** A subscription as the payment service has it. What is not known yet is NULL: its events come in any order. */
@Entity('billing_subscriptions')
export class BillingSubscriptionEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'billing_subscriptions_pkey' })
  id: string;

  @Index('billing_subscriptions_user')
  @Column('uuid', { nullable: true })
  userId: string | null;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'billing_subscriptions_user_fkey' })
  user: Relation<UserEntity> | null;

  @Column('text', { nullable: true })
  planId: string | null;

  @Column('text', { nullable: true })
  status: SubscriptionStatus | null;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  periodEnd: Date | null;

  /** When the newest event that was heard of it came about. */
  @Column('timestamptz', { nullable: true })
  changedAt: Date | null;

  /** Its place among events of the same second. */
  @Column('integer', { nullable: true })
  stage: number | null;
}
