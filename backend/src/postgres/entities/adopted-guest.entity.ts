import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { UserEntity } from './user.entity.js';

/** A guest who is gone, and whose account they became part of: the payment service may know them by their old id alone. */
@Entity('adopted_guests')
export class AdoptedGuestEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'adopted_guests_pkey' })
  guestId: string;

  @Index('adopted_guests_user')
  @Column('uuid')
  userId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'adopted_guests_user_fkey' })
  user: Relation<UserEntity>;
}
