import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TitleRepository } from '../chat/title-repository.js';
import { BOOK } from './usage-statements.js';

/** Titles in PostgreSQL. */
@Injectable()
export class PostgresTitleRepository extends TitleRepository {
  constructor(private readonly db: DataSource) {
    super();
  }

  async claim(chatId: string): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `UPDATE chats SET "titleSource" = 'ASKED' WHERE id = $1 AND "titleSource" = 'PROMPT' RETURNING id`,
      [chatId],
    );
    return rows.length > 0;
  }

  async give(chatId: string, title: string): Promise<void> {
    await this.db.query(
      `UPDATE chats SET title = $2, "titleSource" = 'GIVEN' WHERE id = $1 AND "titleSource" = 'ASKED'`,
      [chatId, title],
    );
  }

  async book(userId: string, tokens: number): Promise<void> {
    await BOOK.run(this.db, [userId, tokens]);
  }
}
