/** What the tests run on and npm does not bring. */
import { spawnSync } from 'node:child_process';

const PROGRAMS = [
  {
    title: 'Redis',
    commands: ['redis-server'],
    packages: ['redis-server'],
    otherwise: 'install Redis 7 so that redis-server is in the PATH',
  },
  {
    title: 'Chromium',
    commands: [
      process.env.CHROMIUM_PATH,
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
    ],
    // Without any font, text has no width.
    packages: ['chromium', 'fonts-liberation'],
    otherwise: 'install Chromium, or set CHROMIUM_PATH to one',
    variable: 'CHROMIUM_PATH',
  },
  {
    title: 'Docker Compose',
    commands: ['docker-compose', ['docker', 'compose', 'version']],
    packages: ['docker-compose'],
    otherwise: 'install Docker Compose',
  },
];

/**
 * Installs what is missing where apt can, and returns the environment that tells the tests where things are. `titles`
 * names the programs that are needed; left out: all.
 */
export function ensureSystemPrograms(titles = PROGRAMS.map(({ title }) => title)) {
  const needed = PROGRAMS.filter(({ title }) => titles.includes(title));
  let missing = needed.filter((program) => !commandOf(program));
  if (missing.length > 0) {
    const reason = aptInstall(missing.flatMap(({ packages }) => packages));
    missing = needed.filter((program) => !commandOf(program));
    for (const { title, packages, otherwise } of missing) {
      console.error(
        `The tests need ${title}, and it could not be installed (${reason ?? 'it does not run'}): ` +
          `apt-get install ${packages.join(' ')}, or ${otherwise}`,
      );
    }
  }
  const found = needed
    .filter(({ variable }) => variable)
    .map((program) => [program.variable, commandOf(program)]);
  return { missing: missing.length, env: Object.fromEntries(found.filter(([, command]) => command)) };
}

/** The first of its commands that runs; some systems have one that only says where to get the real one. */
function commandOf({ commands }) {
  const options = { stdio: 'ignore', timeout: 20_000 };
  return commands.find((command) => {
    const [name, ...args] = Array.isArray(command) ? command : [command, '--version'];
    return name && spawnSync(name, args, options).status === 0;
  });
}

/** Returns why nothing could be installed. */
function aptInstall(packages) {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return 'there is no apt-get';
  const asRoot = process.getuid() === 0 ? [] : ['sudo', '-n'];
  if (asRoot.length > 0 && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) {
    return 'this user is neither root nor may use sudo without a password';
  }
  console.log(`Installing ${packages.join(', ')} …`);
  const [command, ...args] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q'];
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status, stdout, stderr } = spawnSync(command, [...args, ...step], { encoding: 'utf8' });
    if (status !== 0) {
      console.error(`${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n'));
      return `apt-get ${step[0]} failed`;
    }
  }
  return undefined;
}
