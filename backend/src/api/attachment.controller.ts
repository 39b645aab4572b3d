import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isImage } from '../chat/attachment.js';
import { Attachments } from '../chat/attachments.service.js';
import { ATTACHMENTS_PATH } from './attachment-url.js';
import { RequestViewers } from './request-viewers.js';

/** It never changes, but is nobody else's: only the browser keeps it. */
const CACHING = 'private, max-age=31536000, immutable';
/** Whatever is in it, it does nothing where it is shown by itself. */
const POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";
/** The page that a browser makes for an image puts it into the middle by attributes of its own, and there is no other markup. */
const IMAGE_POLICY = `${POLICY}; style-src-attr 'unsafe-inline'`;

/** Attachments as files, for the page to show and for a browser to save. A GET will do, as for exports. */
@Controller(ATTACHMENTS_PATH)
export class AttachmentController {
  constructor(
    private readonly attachments: Attachments,
    private readonly viewers: RequestViewers,
  ) {}

  @Get(':id')
  async file(@Param('id') id: string, @Req() req: Request, @Res() res: Response): Promise<void> {
    const file = await this.attachments.file(await this.viewers.reader(req), id);
    // Names the file in both ways of RFC 6266.
    res.attachment(file.name);
    if (isImage(file)) inline(res);
    res.setHeader('content-type', isImage(file) ? file.mediaType : `${file.mediaType}; charset=utf-8`);
    res.setHeader('content-security-policy', isImage(file) ? IMAGE_POLICY : POLICY);
    res.setHeader('cache-control', CACHING);
    res.setHeader('vary', 'cookie, authorization');
    res.setHeader('etag', `"${file.sha256}"`);
    res.send(file.bytes);
  }
}

/** Images are shown, texts are saved. */
function inline(res: Response): void {
  const disposition = String(res.getHeader('content-disposition'));
  res.setHeader('content-disposition', disposition.replace(/^attachment/, 'inline'));
}
