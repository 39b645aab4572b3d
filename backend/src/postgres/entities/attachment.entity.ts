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
import { UserEntity } from './user.entity.js';

/** A file that a user attaches, kept where messages are: one database to back up. */
@Entity('attachments')
export class AttachmentEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'attachments_pkey' })
  id: string;

  @Index('attachments_user')
  @Column('uuid')
  userId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'attachments_user_fkey' })
  user: Relation<UserEntity>;

  @Column('text')
  name: string;

  @Column('text')
  mediaType: string;

  @Column('integer')
  size: number;

  @Column('text')
  sha256: string;

  @Column('bytea')
  bytes: Buffer;

  /** A message has had it: it goes when no message has it any more. */
  @Column('boolean', { default: false })
  sent: boolean;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
