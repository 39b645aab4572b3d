import { writeFile } from 'node:fs/promises';
import type { CDPSession, Page, TestInfo } from '@playwright/test';

/** Milliseconds; a task that takes longer is felt. As in the Long Tasks specification. */
const LONG_TASK = 50;
const TASK = 'ThreadControllerImpl::RunTask';

/** What a page did while it was watched. Times are in milliseconds. */
export interface Figures {
  readonly seconds: number;
  readonly framesPerSecond: number;
  /** Of the pauses between frames, the one that 99 of 100 stay below. */
  readonly frame99: number;
  /**
   * Of the main thread's tasks: how long the longest took, and how many took more than 50. `wall` is the clock on the wall, and
   * counts what other programs took from the page; `own` is the thread's own time.
   */
  readonly tasks: Readonly<Record<'wall' | 'own', { readonly longest: number; readonly long: number }>>;
  /** Share of the time in which the main thread worked. */
  readonly busy: number;
  readonly heapMegabytes: { readonly before: number; readonly after: number };
  readonly nodes: { readonly before: number; readonly after: number };
}

/** Watches the tasks, the frames and the memory of a page, by Chromium's own tracing. */
export class Stopwatch {
  readonly #events: TraceEvent[] = [];

  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
    private readonly before: Memory,
  ) {
    devtools.on('Tracing.dataCollected', ({ value }) =>
      this.#events.push(...(value as unknown as TraceEvent[])),
    );
  }

  static async start(page: Page): Promise<Stopwatch> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const stopwatch = new Stopwatch(page, devtools, await memory(devtools));
    await page.evaluate(() => {
      const frames: number[] = [];
      window.frameTimes = frames;
      const frame = (time: number): void => {
        frames.push(time);
        if (window.frameTimes === frames) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    await devtools.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel'] } });
    return stopwatch;
  }

  async stop(): Promise<Figures> {
    const complete = new Promise((resolve) => this.devtools.once('Tracing.tracingComplete', resolve));
    await this.devtools.send('Tracing.end');
    await complete;
    const frames = await this.page.evaluate(() => {
      const { frameTimes = [] } = window;
      delete window.frameTimes;
      return frameTimes;
    });
    const after = await memory(this.devtools);
    const pauses = frames.slice(1).map((time, index) => time - (frames[index] ?? time));
    const elapsed = (frames.at(-1) ?? 0) - (frames[0] ?? 0);
    const tasks = mainThreadTasks(this.#events);
    const own = tasks.map(({ tdur = 0 }) => tdur / 1000);
    return {
      seconds: round(elapsed / 1000),
      framesPerSecond: round((pauses.length / elapsed) * 1000),
      frame99: round(pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length * 0.99)] ?? 0),
      tasks: { wall: longest(tasks.map(({ dur }) => dur / 1000)), own: longest(own) },
      busy: round(own.reduce((sum, time) => sum + time, 0) / elapsed),
      heapMegabytes: { before: this.before.heap, after: after.heap },
      nodes: { before: this.before.nodes, after: after.nodes },
    };
  }
}

/** For the terminal, and for whoever compares two runs. */
export async function report(testInfo: TestInfo, figures: object): Promise<void> {
  const text = JSON.stringify(figures, null, 2);
  process.stdout.write(`${testInfo.title}: ${text}\n`);
  await writeFile(testInfo.outputPath('figures.json'), text);
}

declare global {
  interface Window {
    frameTimes?: number[];
  }
}

/** Of Chromium's Trace Event Format; times in microseconds, `tdur` being the thread's own. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

function mainThreadTasks(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const main = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  return events.filter((event) => event.name === TASK && event.ph === 'X' && main.has(threadOf(event)));
}

function longest(times: readonly number[]): { readonly longest: number; readonly long: number } {
  return { longest: round(Math.max(0, ...times)), long: times.filter((time) => time > LONG_TASK).length };
}

interface Memory {
  readonly heap: number;
  readonly nodes: number;
}

async function memory(devtools: CDPSession): Promise<Memory> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? 0;
  return { heap: round(value('JSHeapUsedSize') / 2 ** 20), nodes: value('Nodes') };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
