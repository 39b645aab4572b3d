import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  /** Where it stands under another name. */
  readonly name?: string;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as T;
}

/** A package's name by its folder, which may be in another package's. */
function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

describe('scripts that packages run when they are installed', () => {
  const { allowScripts } = read<{ allowScripts: Record<string, boolean> }>('package.json');
  const { packages } = read<{ packages: Record<string, LockedPackage> }>('package-lock.json');
  const installed = Object.entries(packages).filter(([folder]) => folder !== '');
  const withScript = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([folder, { name = nameOf(folder) }]) => name);

  it('are allowed or denied by name, each one', () => {
    expect(withScript.filter((name) => !(name in allowScripts))).toEqual([]);
  });

  it('are allowed to nobody who has none', () => {
    const names = new Set(installed.map(([folder, { name = nameOf(folder) }]) => name));
    expect(Object.keys(allowScripts).filter((name) => !names.has(name))).toEqual([]);
  });
});
