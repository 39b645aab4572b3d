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

@Entity('chats')
@Index('chats_user_last_active', ['userId', 'updatedAt', 'id'])
export class ChatEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'chats_pkey' })
  id: string;

  @Column('uuid')
  userId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'userId', foreignKeyConstraintName: 'chats_user_fkey' })
  user: Relation<UserEntity>;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  modelId: string | null;

  /** Last message of the active branch. No foreign key: the message is written after its chat. */
  @Column('uuid', { nullable: true })
  activeLeafId: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
