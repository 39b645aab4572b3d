import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
@Check('users_guest_has_no_email', '"isGuest" = ("email" IS NULL)')
export class UserEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text')
  displayName: string;

  @Column('boolean')
  isGuest: boolean;

  @Column('text', { default: 'free' })
  planId: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
