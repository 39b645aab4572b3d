import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ExpressAdapter } from '@nestjs/platform-express';
import compression from 'compression';
import type { Application, Request, Response } from 'express';
import { AppConfig } from '../config/app-config.js';
import {
  appPolicy,
  diagramsPolicy,
  playgroundPolicy,
  serviceWorkerPolicy,
  styleNonce,
} from './security-headers.js';

const DIST = join(import.meta.dirname, '..', '..');
const PLAYGROUND = join(DIST, 'playground');
const APP = join(DIST, 'frontend', 'browser');

/** A twentieth smaller than what is usual for answers, in half as much time again. */
const BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 5 };

/** What is not somebody else's, and names no file. */
const PAGES =
  /^\/(?!(?:attachments|auth|billing|export|graphql|health|metrics|playground)(?:\/|$))(?:[^/]*\/)*[^/.]*$/i;

/** In which diagrams are drawn: one file with its script in it. */
const DIAGRAMS = /^\/diagrams-[\w-]{8}\.html$/;

/** A quarter of their bytes when compressed. Nothing that holds a secret is: its size would tell of it. */
const SCRIPTS_AND_STYLES = /\.(?:css|js)$/;

/** The playground at /playground, where it is wanted, and the Angular app everywhere else. */
@Injectable()
export class StaticFiles implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<ExpressAdapter>,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    const http = this.host.httpAdapter;
    const app = http.getInstance<Application>();
    app.get([SCRIPTS_AND_STYLES, DIAGRAMS], compression({ brotli: { params: BROTLI } }));
    if (this.config.playground) {
      app.use('/playground', playgroundPolicy);
      app.get(/^\/playground$/i, (_req, res) => res.redirect('/playground/'));
      http.useStaticAssets(PLAYGROUND, { ...OPTIONS, prefix: '/playground' });
    }
    app.get('/index.html', (_req, res) => res.redirect('/'));
    app.get('/service-worker.js', serviceWorkerPolicy);
    app.get(DIAGRAMS, diagramsPolicy);
    http.useStaticAssets(APP, { ...OPTIONS, index: false });
    app.get(PAGES, appPolicy, sendPage);
  }
}

/** Its redirects would have headers of their own. */
const OPTIONS = { setHeaders, redirect: false };

/** Built files carry a hash in their name and never change; pages name them and must be asked for again. */
function setHeaders(res: Response, path: string): void {
  const hashed = /-[\w-]{8}\.(html|js|css|woff2?|ttf)$/.test(path);
  res.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** Every page is the same one, but for the nonce that its styles show. */
async function sendPage(_req: Request, res: Response): Promise<void> {
  const page = await readFile(join(APP, 'index.html'), 'utf8');
  res.setHeader('cache-control', 'no-cache');
  res.type('html').send(page.replaceAll('{{nonce}}', styleNonce(res)));
}
