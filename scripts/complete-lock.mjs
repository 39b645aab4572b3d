/**
 * Adds the optional platform packages that npm left out of package-lock.json.
 *
 * npm drops an optional dependency from the lock when the registry in use does not serve it, and
 * `npm ci` then rejects that lock. Run it after every change of dependencies: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const packages = lock.packages;

/** Whether `name` resolves from the package at `path`, walking up as Node does. */
function resolves(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

/** The platform that a package's name speaks of, as npm's `os`, `cpu` and `libc` fields. */
function platformOf(name) {
  const os = /(darwin|win32|linux|freebsd|android|openharmony)/.exec(name)?.[1];
  const cpu = /wasm32/.test(name)
    ? 'wasm32'
    : /(arm64|x64|ia32|ppc64|s390x|riscv64|loong64|arm)/.exec(name)?.[1];
  const libc =
    os === 'linux' ? (/musl/.exec(name) ? 'musl' : /gnu/.exec(name) ? 'glibc' : undefined) : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

let added = 0;
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (resolves(path, name)) continue;
    packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      optional: true,
      ...platformOf(name),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional platform packages added to package-lock.json`);
