import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** What these checks read of a service; the schema knows the rest. */
export interface Service {
  readonly image?: string;
  readonly container_name?: string;
  readonly ports?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly restart?: string;
  readonly init?: boolean;
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
}

export const readText = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** The file as it is written: merged, with its variables still in it. */
export function composeFile(): ComposeFile {
  return parse(readText('docker-compose.yml'), { merge: true }) as ComposeFile;
}

/** The schema's own formats: https://github.com/compose-spec/compose-spec/blob/main/05-services.md */
const FORMATS = {
  duration: /^(\d+(\.\d+)?(us|ms|s|m|h))+$/,
  ports: /^[^\s]+(\/(tcp|udp|sctp))?$/,
  expose: /^\d+(-\d+)?(\/[a-z]+)?$/,
  subnet_ip_address: /^[\da-f.:]+\/\d+$/i,
};

function compileSchema(): ValidateFunction {
  const path = join(import.meta.dirname, 'compose-spec', 'compose-spec.json');
  // Its names for itself and its parts are of an older draft than Ajv knows; nothing refers to them.
  const withoutNames = (key: string, value: unknown): unknown =>
    (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value;
  const schema = JSON.parse(readFileSync(path, 'utf8'), withoutNames) as AnySchema;
  return new Ajv({ allErrors: true, strict: false, formats: FORMATS }).compile(schema);
}

/** What the Compose Specification has against `file`. */
export function problemsBySpecification(file: unknown): ErrorObject[] {
  const validate = compileSchema();
  return validate(file) ? [] : (validate.errors ?? []);
}

const COMMANDS = [['docker-compose'], ['docker', 'compose']];
const NONE =
  'neither docker-compose (apt-get install docker-compose) nor docker compose is installed: install one and run the tests again';

/** What Compose itself makes of docker-compose.yml with these variables; throws what Compose has against it. */
export function composeConfig(variables: Readonly<Record<string, string>>): ComposeFile {
  const [command = '', ...args] = installedCommand();
  // A .env in this folder would speak for somebody's own installation; in the example, everything is commented out.
  const output = execFileSync(command, [...args, '--env-file', '.env.example', 'config'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return parse(output) as ComposeFile;
}

function installedCommand(): string[] {
  for (const [command = '', ...args] of COMMANDS) {
    try {
      execFileSync(command, [...args, 'version'], { stdio: 'ignore' });
      return [command, ...args];
    } catch {
      continue; // It is not installed; the other one may be.
    }
  }
  throw new Error(NONE);
}
