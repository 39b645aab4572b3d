import { usageOf } from './processes.mjs';

const SAMPLE_EVERY_MS = 100;

/** CPU seconds that each part of a system used, and its memory, from now until the returned function is called. */
export function watch(parts) {
  const entries = Object.entries(parts);
  const before = new Map(entries.map(([name, part]) => [name, usageOf(part)]));
  const peak = new Map([...before].map(([name, { rss }]) => [name, rss]));
  const sample = () => {
    const usages = entries.map(([name, part]) => [name, usageOf(part)]);
    for (const [name, { rss }] of usages) peak.set(name, Math.max(peak.get(name), rss));
    return usages;
  };
  const timer = setInterval(sample, SAMPLE_EVERY_MS);
  return () => {
    clearInterval(timer);
    return Object.fromEntries(
      sample().map(([name, { cpu, rss }]) => [
        name,
        {
          cpu: cpu - before.get(name).cpu,
          rssBefore: before.get(name).rss,
          rssPeak: peak.get(name),
          rssAfter: rss,
        },
      ]),
    );
  };
}
