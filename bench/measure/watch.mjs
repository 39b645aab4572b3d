import { usageOf } from './processes.mjs';

const SAMPLE_EVERY_MS = 100;

/**
 * CPU seconds that each part of a system used, and its memory, from now until the returned function is called. Parts
 * that ended on the way are named instead.
 */
export function watch(parts) {
  const watched = Object.entries(parts).map(([name, part]) => {
    const before = usageOf(part);
    return { name, part, before, last: before, peak: before?.rss ?? 0 };
  });
  const sample = () => {
    for (const one of watched) {
      one.last = usageOf(one.part);
      one.peak = Math.max(one.peak, one.last?.rss ?? 0);
    }
  };
  const timer = setInterval(sample, SAMPLE_EVERY_MS);
  return () => {
    clearInterval(timer);
    sample();
    const alive = watched.filter(({ last }) => last);
    return {
      parts: Object.fromEntries(
        alive.map(({ name, before, last, peak }) => [
          name,
          { cpu: last.cpu - before.cpu, rssBefore: before.rss, rssPeak: peak, rssAfter: last.rss },
        ]),
      ),
      crashed: watched.filter(({ last }) => !last).map(({ name }) => name),
    };
  };
}
