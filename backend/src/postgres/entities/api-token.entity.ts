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
import type { ApiTokenScope } from '../../accounts/viewer.js';
import { UserEntity } from './user.entity.js';

/** What lets a program in; only the hash of its secret is kept. */
@Entity('api_tokens')
export class ApiTokenEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'api_tokens_pkey' })
  id: string;

  @Index('api_tokens_hash', { unique: true })
  @Column('bytea')
  tokenHash: Buffer;

  @Index('api_tokens_user')
  @Column('uuid')
  userId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'api_tokens_user_fkey' })
  user: Relation<UserEntity>;

  @Column('text')
  name: string;

  @Column('text', { array: true })
  scopes: ApiTokenScope[];

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;
}
