import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Admission } from './api/admission.js';
import { BILLING_WEBHOOK } from './api/billing.controller.js';
import { refuseBeforeReading, refuseOnceRead } from './api/request-rules.js';
import { securityHeaders } from './api/security-headers.js';
import { AppModule } from './app.module.js';
import type { AppConfig } from './config/app-config.js';
import { ConfigError, loadConfig } from './config/load-config.js';
import { Departure } from './health/departure.js';
import { BoundedExpressAdapter } from './http-server.js';
import { migrate } from './postgres/data-source.js';
import { EmbeddedPostgres, EmbeddedPostgresError } from './postgres/embedded/embedded-postgres.js';
import { ProcessLog, stackOf } from './process-log.js';

/** Prompts are bounded by their own check; this only bounds what one request may cost to parse. */
const MAX_BODY = '4mb';

function readConfig(): AppConfig {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return loadConfig(process.env);
}

async function start(): Promise<void> {
  const config = readConfig();
  const embedded = config.databaseUrl ? undefined : embeddedPostgres(config.dataDir);
  const databaseUrl = config.databaseUrl ?? (await embedded?.start())?.databaseUrl ?? '';
  try {
    await migrate(databaseUrl);
    const app = await serve({ ...config, databaseUrl });
    endWith(app, embedded);
    // Only now: whoever reads it may tell the process to end at once.
    announce(app, config);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function embeddedPostgres(dataDir: string): EmbeddedPostgres {
  return new EmbeddedPostgres({
    dataDir,
    log: (line) => console.log(line),
    onLost: (error) => {
      console.error(error.message);
      process.exit(1);
    },
  });
}

async function serve(config: AppConfig): Promise<NestExpressApplication> {
  const http = new BoundedExpressAdapter();
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), http, {
    logger: new ProcessLog(),
    bodyParser: false,
  });
  try {
    return await listen(app, config);
  } catch (error) {
    // Connections that are still open would die with the embedded database, loudly.
    await app.close();
    throw error;
  }
}

async function listen(app: NestExpressApplication, config: AppConfig): Promise<NestExpressApplication> {
  // A proxy in front says whose the request is, and whether the browser came by TLS.
  app.set('trust proxy', config.trustedProxies);
  app.use(securityHeaders);
  app.use(app.get(Departure).middleware);
  app.use('/graphql', refuseBeforeReading);
  if (config.role !== 'worker') app.use(Admission.PATHS, app.get(Admission).middleware);
  app.use(BILLING_WEBHOOK.path, BILLING_WEBHOOK.body);
  // Nothing that unfolds: whoever sends a body pays for its size.
  app.useBodyParser('json', { limit: MAX_BODY, inflate: false });
  app.use('/graphql', refuseOnceRead);
  app.disable('x-powered-by');
  // Files have theirs; what GraphQL answers is not to be kept, and so never asked for again by one.
  app.disable('etag');
  await app.listen(config.port);
  return app;
}

function announce(app: NestExpressApplication, config: AppConfig): void {
  const address = (app.getHttpServer() as { address(): { port: number } }).address();
  console.log(
    config.role === 'worker'
      ? `Rivulet's worker is ready (health at http://localhost:${address.port}/health)`
      : `Rivulet is ready at http://localhost:${address.port}`,
  );
}

/** Ends the application, then its database, on the first signal; a second one changes nothing. */
function endWith(app: NestExpressApplication, embedded: EmbeddedPostgres | undefined): void {
  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    if (ending) return;
    ending = true;
    void (async () => {
      try {
        await app.get(Departure).begin();
        await app.close();
        await embedded?.stop();
        process.exit(0);
      } catch (error) {
        new Logger('Rivulet').error(`could not end cleanly after ${signal}`, error);
        process.exit(1);
      }
    })();
  };
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
}

/** What a person can mend is said plainly; everything else with its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: set PORT to another one.`;
  return stackOf(error);
}

function giveUp(error: unknown): never {
  console.error(explain(error));
  process.exit(1);
}

// Node would print all that the error carries.
process.on('uncaughtException', giveUp);
start().catch(giveUp);
