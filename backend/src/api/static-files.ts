import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ExpressAdapter } from '@nestjs/platform-express';
import type { Application, NextFunction, Request, RequestHandler, Response } from 'express';
import expressStaticGzip from 'express-static-gzip';
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

/** What is not somebody else's, and names no file. */
const PAGES =
  /^\/(?!(?:attachments|auth|billing|export|graphql|health|metrics|playground)(?:\/|$))(?:[^/]*\/)*[^/.]*$/i;

/** In which diagrams are drawn: one file with its script in it. */
const DIAGRAMS = /^\/diagrams-[\w-]{8}\.html$/;

/** The playground at /playground, where it is wanted, and the Angular app everywhere else. */
@Injectable()
export class StaticFiles implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<ExpressAdapter>,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    const app = this.host.httpAdapter.getInstance<Application>();
    if (this.config.playground) {
      app.use('/playground', playgroundPolicy);
      app.get(/^\/playground$/i, (_req, res) => res.redirect('/playground/'));
      app.use('/playground', files(PLAYGROUND, 'index.html'));
    }
    app.get('/index.html', (_req, res) => res.redirect('/'));
    app.get('/service-worker.js', serviceWorkerPolicy);
    app.get(DIAGRAMS, diagramsPolicy);
    app.use(files(APP, false));
    app.get(PAGES, sendPage);
  }
}

/**
 * Scripts and styles were compressed when they were built, to a quarter. Nothing that holds a secret is: its size would tell
 * of it. Redirects of the library's own would have headers of their own, and a POST a coding for what it is refused with.
 */
function files(folder: string, index: string | false): RequestHandler {
  const send: RequestHandler = expressStaticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    index,
    serveStatic: { setHeaders, index, redirect: false },
  });
  return (req, res, next) => (['GET', 'HEAD'].includes(req.method) ? send(req, res, next) : next());
}

/** Built files carry a hash in their name and never change; pages name them and must be asked for again. */
function setHeaders(res: ServerResponse, path: string): void {
  const hashed = /-[\w-]{8}\.(html|js|css|woff2?|ttf)(\.br|\.gz)?$/.test(path);
  res.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** Every page is the same one, but for the nonce that its styles show. */
async function sendPage(req: Request, res: Response, next: NextFunction): Promise<void> {
  const page = await readFile(join(APP, 'index.html'), 'utf8');
  appPolicy(page)(req, res, (error?: unknown) => {
    if (error !== undefined) return next(error);
    res.setHeader('cache-control', 'no-cache');
    res.type('html').send(page.replaceAll('{{nonce}}', styleNonce(res)));
  });
}
