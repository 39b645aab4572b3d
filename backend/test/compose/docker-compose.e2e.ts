import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/load-config.js';
import { composeConfig, composeFile, problemsBySpecification, readText, ROOT } from './compose-file.js';
import type { ComposeFile, Service } from './compose-file.js';

const PASSWORD = 'p@ss/word:#1';
/** The processes of the product; the others are what they stand on. */
const PROCESSES = ['api', 'worker'];

function serviceOf(file: ComposeFile, name: string): Service {
  const service = file.services[name];
  if (!service) throw new Error(`there is no service ${name}`);
  return service;
}

describe('docker-compose.yml', () => {
  const written = composeFile();
  let resolved: ComposeFile;

  beforeAll(() => {
    resolved = composeConfig({ POSTGRES_PASSWORD: PASSWORD });
  });

  it('follows the Compose Specification', () => {
    expect(problemsBySpecification(written)).toEqual([]);
  });

  it('is refused by that check with a word that the specification does not know', () => {
    const misspelt = { ...written, services: { redis: { image: 'redis:7-alpine', restarts: 'always' } } };
    expect(problemsBySpecification(misspelt)).not.toEqual([]);
  });

  it('is accepted by Compose, with the services of the product', () => {
    expect(Object.keys(resolved.services).sort()).toEqual(['api', 'postgres', 'proxy', 'redis', 'worker']);
  });

  it('is refused without a password, which is named', () => {
    expect(() => composeConfig({})).toThrow(/POSTGRES_PASSWORD/);
  });

  it.each(Object.entries(written.services))('%s says how it feels, and comes back', (_name, service) => {
    expect(service.healthcheck?.test.length).toBeGreaterThan(1);
    expect(service.restart).toBe('unless-stopped');
  });

  it.each(Object.entries(written.services).filter(([, { image }]) => image))(
    '%s names the version of its image',
    (_name, { image }) => expect(image).toMatch(/^[a-z]+:\d+(\.\d+)*-[a-z]+$/),
  );

  describe.each(PROCESSES)('%s', (name) => {
    it('can run any number of times: no name and no port of its own', () => {
      const service = serviceOf(written, name);
      expect(service.container_name).toBeUndefined();
      expect(service.ports).toBeUndefined();
    });

    it('waits for its stores to be healthy', () => {
      const healthy = { condition: 'service_healthy' };
      expect(serviceOf(written, name).depends_on).toEqual({ postgres: healthy, redis: healthy });
    });

    it('is asked at /health, and given the time to end well', () => {
      const service = serviceOf(written, name);
      expect(service.healthcheck?.test.join(' ')).toContain('http://127.0.0.1:3000/health');
      expect(service.stop_grace_period).toBe('35s');
      expect(service.init).toBe(true);
    });

    it('gets an environment that the product understands', () => {
      const environment = serviceOf(resolved, name).environment ?? {};
      const config = loadConfig(withStrings(environment));
      expect(config).toMatchObject({ role: name, port: 3000, guestsAllowed: false });
      expect(config.redisUrl).toBe('redis://redis:6379');
      expect(config.databaseUrl).toContain('@postgres:5432/');
      // Beside the address: in it, these characters would have to be escaped.
      expect(environment['PGPASSWORD']).toBe(PASSWORD);
    });

    it('passes on what .env sets', () => {
      const file = composeConfig({
        POSTGRES_PASSWORD: PASSWORD,
        OPENAI_API_KEY: 'a-key',
        RESPONSE_CACHE_SCOPE: 'off',
        AUTH_GUESTS: 'true',
      });
      const config = loadConfig(withStrings(serviceOf(file, name).environment ?? {}));
      expect(config.providers.openai).toEqual({ apiKey: 'a-key' });
      expect(config.responseCache.scope).toBe('off');
      expect(config.guestsAllowed).toBe(true);
    });
  });

  it('gives API and worker the same environment but for the role', () => {
    const [api, worker] = PROCESSES.map((name) => serviceOf(written, name).environment);
    expect({ ...api, ROLE: '' }).toEqual({ ...worker, ROLE: '' });
  });

  it('passes on every variable of .env.example that is not its own to decide', () => {
    const known = readText('.env.example').match(/(?<=^# ?)[A-Z_]+(?==)/gm) ?? [];
    const decided = ['DATA_DIR', 'POSTGRES_PASSWORD', 'PUBLISH_ADDRESS', 'REDIS_MAXMEMORY'];
    const passedOn = Object.keys(serviceOf(written, 'api').environment ?? {});
    expect(known.length).toBeGreaterThan(20);
    expect(passedOn).toEqual(expect.arrayContaining(known.filter((name) => !decided.includes(name))));
  });

  it('keeps every accepted reply in Redis: nothing evicted, everything on disk', () => {
    const { command = [], volumes } = serviceOf(resolved, 'redis');
    const options = command.join(' ');
    expect(options).toContain('--maxmemory-policy noeviction');
    expect(options).toContain('--appendonly yes');
    expect(options).toMatch(/--maxmemory \d+mb/);
    expect(volumes).toHaveLength(1);
  });

  it('publishes one port, to this machine only unless told otherwise', () => {
    const published = Object.entries(resolved.services).filter(([, { ports }]) => ports);
    expect(published.map(([name]) => name)).toEqual(['proxy']);
    expect(serviceOf(written, 'proxy').ports?.join()).toMatch(/^\$\{PUBLISH_ADDRESS:-127\.0\.0\.1\}:/);
  });

  it('mounts files that are there', () => {
    const mounted = Object.values(written.services)
      .flatMap(({ volumes = [] }) => volumes)
      .filter((volume) => volume.startsWith('.'))
      .map((volume) => volume.split(':', 1)[0] ?? '');
    expect(mounted.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('has no secret in it: they come from the environment, and have no default', () => {
    const secrets = Object.values(written.services).flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) =>
        /KEY|PASSWORD|SECRET|TOKEN(?!S_PER|_TIMEOUT)|SERVERS/.test(name),
      ),
    );
    expect(secrets.length).toBeGreaterThan(0);
    for (const [name, value] of secrets) expect(`${name}=${value}`).toMatch(/=\$\{[A-Z_]+(:-|:\?[^}]*)\}$/);
    expect(readText('docker-compose.yml')).not.toMatch(/:\/\/[^/\s]*:[^/\s]*@/);
  });
});

/** Compose prints numbers and truth values as YAML has them; a process gets text. */
function withStrings(environment: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
}
