import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { UserEntity } from './user.entity.js';

@Entity('pinned_models')
export class PinnedModelEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pinned_models_pkey' })
  userId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pinned_models_pkey' })
  modelId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'pinned_models_user_fkey' })
  user: Relation<UserEntity>;

  /** Rises with each pin: pin order. */
  @Column('integer', { generated: 'increment' })
  position: number;
}
