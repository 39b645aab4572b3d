import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ChatExport, jsonOf, markdownOf } from '../chat/chat-export.js';
import { RequestViewers } from './request-viewers.js';

/**
 * Chats as files, for a browser to save. A GET will do, with a cookie as well: nothing is changed, and what another site
 * has a browser fetch from here goes to the browser's user alone.
 */
@Controller('export')
export class ExportController {
  constructor(
    private readonly chatExport: ChatExport,
    private readonly viewers: RequestViewers,
  ) {}

  @Get('chats.json')
  async all(@Req() req: Request, @Res() res: Response): Promise<void> {
    const viewer = await this.viewers.reader(req);
    await send(res, 'rivulet-chats.json', this.chatExport.all(viewer));
  }

  @Get('chats/:id.json')
  async json(@Param('id') id: string, @Req() req: Request, @Res() res: Response): Promise<void> {
    const chat = await this.chatExport.find(await this.viewers.reader(req), id);
    await send(res, `${fileName(chat.title)}.json`, jsonOf([chat]));
  }

  @Get('chats/:id.md')
  async markdown(@Param('id') id: string, @Req() req: Request, @Res() res: Response): Promise<void> {
    const chat = await this.chatExport.find(await this.viewers.reader(req), id);
    await send(res, `${fileName(chat.title)}.md`, [markdownOf(chat)]);
  }
}

/** A reader that is slow is waited for; one that has gone is none of our troubles. */
async function send(res: Response, name: string, pieces: AsyncIterable<string> | string[]): Promise<void> {
  res.attachment(name);
  res.setHeader('cache-control', 'no-store');
  try {
    await pipeline(Readable.from(pieces), res);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** A title as the name of a file, whatever the system. */
function fileName(title: string): string {
  const words = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return words.slice(0, 60).toWellFormed() || 'chat';
}
