import { join } from 'node:path';
import type { ServeStaticModuleOptions } from '@nestjs/serve-static';
import type { Response } from 'express';
import type { AppConfig } from '../config/app-config.js';

const DIST = join(import.meta.dirname, '..', '..');

/** Built files carry a hash in their name and never change; pages name them and must be asked for again. */
function setHeaders(res: Response, path: string): void {
  const hashed = /-[\w-]{8}\.(js|css|woff2?|ttf)$/.test(path);
  res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

const options = { setHeaders, redirect: true };

const PLAYGROUND: ServeStaticModuleOptions = {
  rootPath: join(DIST, 'playground'),
  serveRoot: '/playground',
  serveStaticOptions: options,
};

/** A path that names a file is no page of it. */
const APP: ServeStaticModuleOptions = {
  rootPath: join(DIST, 'frontend', 'browser'),
  exclude: [
    '/graphql{/*path}',
    '/auth{/*path}',
    '/playground{/*path}',
    '/billing{/*path}',
    '/health{/*path}',
    '/metrics',
    '/{*folder/}:file.:extension',
  ],
  serveStaticOptions: options,
};

/** The playground at /playground, where it is wanted, and the Angular app everywhere else. */
export function staticFiles({ playground }: AppConfig): ServeStaticModuleOptions[] {
  return playground ? [PLAYGROUND, APP] : [APP];
}
