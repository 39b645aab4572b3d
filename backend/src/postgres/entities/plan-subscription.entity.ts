import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { SubscriptionSource, SubscriptionStatus } from '../../plans/plan-subscription.js';
import { UserEntity } from './user.entity.js';

/** What a user has subscribed to by one source. Of those that hold, the one that began last counts. */
@Entity('plan_subscriptions')
export class PlanSubscriptionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'plan_subscriptions_pkey' })
  userId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'plan_subscriptions_pkey' })
  source: SubscriptionSource;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'plan_subscriptions_user_fkey' })
  user: Relation<UserEntity>;

  @Column('text')
  planId: string;

  /** As it was last said; what it is now depends on `periodEnd` as well. */
  @Column('text')
  status: SubscriptionStatus;

  @Column('timestamptz', { nullable: true })
  periodEnd: Date | null;

  @Column('timestamptz')
  since: Date;
}
