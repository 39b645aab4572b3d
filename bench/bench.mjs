import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { MEASURES, warmUp } from './measure/measures.mjs';
import { reportOf } from './report/report.mjs';
import { startClient, startProcess } from './systems/process.mjs';
import { SYSTEMS } from './systems/systems.mjs';

const RESULTS = join(import.meta.dirname, 'results');

/** Starts everything, measures, prints the tables, and ends everything. */
export async function bench(options) {
  const names = options.only ?? Object.keys(SYSTEMS);
  const unknown = names.filter((name) => !Object.hasOwn(SYSTEMS, name));
  if (unknown.length > 0) throw new Error(`no such system: ${unknown}; there are ${Object.keys(SYSTEMS)}`);
  const began = new Date();
  const [loadAverageBefore] = loadavg();
  const provider = await startProcess('load/provider.mjs');
  const client = await startClient();
  const systems = [];
  const results = {};
  try {
    const settings = { providerUrl: `${provider.url}/v1`, nodeOptions: nodeOptionsOf(options) };
    for (const name of names) {
      console.error(`starting ${SYSTEMS[name].name} …`);
      systems.push({ key: name, ...SYSTEMS[name], running: await SYSTEMS[name].start(settings) });
    }
    const bed = { options, systems, results, client, settings, provider: provider.url };
    await warmUp(bed);
    for (const measure of options.measures) {
      if (!Object.hasOwn(MEASURES, measure)) throw new Error(`no such measure: ${measure}`);
      await MEASURES[measure](bed);
    }
  } finally {
    await Promise.all(systems.map(({ running }) => running.stop()));
    await Promise.all([client.stop(), provider.stop()]);
  }
  const record = {
    began: began.toISOString(),
    mode: options.mode,
    machine: machine(loadAverageBefore),
    options,
    results,
  };
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${record.began.replaceAll(':', '-')}.json`);
  writeFileSync(file, JSON.stringify(record, undefined, 2));
  console.log(reportOf(record));
  console.error(`\nwritten to ${file}`);
}

function nodeOptionsOf({ profile }) {
  return profile && `--cpu-prof --cpu-prof-dir=${resolve(profile)}`;
}

function machine(loadAverageBefore) {
  const [{ model }] = cpus();
  return {
    cpus: `${cpus().length} × ${model.trim()}`,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    loadAverageBefore,
    loadAverageAfter: loadavg()[0],
  };
}
