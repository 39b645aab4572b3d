import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
@Index('users_newest', ['createdAt', 'id'])
@Index('users_guests', ['createdAt'], { where: '"isGuest"' })
@Check('users_guest_has_no_email', '"isGuest" = ("email" IS NULL)')
@Check('users_guest_opens_nothing', 'NOT "isGuest" OR ("passwordHash" IS NULL AND NOT "isAdmin")')
// On lower("email"), which TypeORM cannot say: the migration makes it.
@Index('users_email', { synchronize: false })
export class UserEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text')
  displayName: string;

  @Column('boolean')
  isGuest: boolean;

  @Column('boolean', { default: false })
  isAdmin: boolean;

  /** Of argon2id, with its parameters and salt. None: somebody who comes by OpenID Connect, or a guest. */
  @Column('text', { nullable: true, select: false })
  passwordHash: string | null;

  /** Of before there were subscriptions: processes of that version ask for it while they are replaced. */
  @Column('text', { default: 'free' })
  planId: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
