import { CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event of the payment service that was heard, so that it is not heard twice. */
@Entity('billing_events')
export class BillingEventEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'billing_events_pkey' })
  id: string;

  @Index('billing_events_received')
  @CreateDateColumn({ type: 'timestamptz' })
  receivedAt: Date;
}
