import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { UserEntity } from './user.entity.js';

/** A browser that is signed in; only the hash of its token is kept. */
@Entity('sign_ins')
export class SignInEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'sign_ins_pkey' })
  tokenHash: Buffer;

  @Index('sign_ins_user')
  @Column('uuid')
  userId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'sign_ins_user_fkey' })
  user: Relation<UserEntity>;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz')
  expiresAt: Date;
}
