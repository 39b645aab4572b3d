import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AttachmentEntity } from './attachment.entity.js';
import { MessageEntity } from './message.entity.js';

/** A message has an attachment; others (its next versions, its copies in forks) may have it too. */
@Entity('message_attachments')
export class MessageAttachmentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'message_attachments_pkey' })
  messageId: string;

  @ManyToOne(() => MessageEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'messageId', foreignKeyConstraintName: 'message_attachments_message_fkey' })
  message: Relation<MessageEntity>;

  @Index('message_attachments_attachment')
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'message_attachments_pkey' })
  attachmentId: string;

  @ManyToOne(() => AttachmentEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'attachmentId', foreignKeyConstraintName: 'message_attachments_attachment_fkey' })
  attachment: Relation<AttachmentEntity>;

  /** Order within the message, from 1. */
  @Column('smallint')
  place: number;
}
