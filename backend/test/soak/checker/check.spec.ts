import { describe, expect, it } from '@jest/globals';
import type { StreamedEvent } from '../../support/api-client.js';
import { wordOf } from '../narrator.js';
import type { RunRecord, UsageRecord } from '../run-record.js';
import { check } from './check.js';
import { goodRun, type Open } from './good-run.js';

type Run = Open<RunRecord>;

/** The names of what is reported once `change` has been done to the run in which all was well, each once. */
function reportedAfter(change: (run: Run) => void): string[] {
  const run = goodRun();
  change(run);
  return [...new Set(check(run).map(({ name }) => name))].sort();
}

function at<T>(items: readonly T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) throw new Error(`the run has no item ${index}`);
  return item;
}

/** The events that a reader of a session got over one of its connections. */
function events(run: Run, session = 0, reader = 0, connection = -1): Open<StreamedEvent>[] {
  return at(at(at(run.sessions, session).readers, reader).connections, connection).events;
}

function rename(event: Open<StreamedEvent>, sequence: number): Open<StreamedEvent> {
  return { ...event, sequence };
}

describe('check', () => {
  it('reports nothing where every promise was kept', () => {
    expect(check(goodRun())).toEqual([]);
  });

  describe('of what readers were told', () => {
    it('reports an event that was dropped', () => {
      expect(reportedAfter((run) => events(run).splice(1, 1))).toContain('text-not-sent');
    });

    it('reports a last token that was dropped', () => {
      expect(reportedAfter((run) => events(run).splice(-2, 1))).toEqual([
        'readers-disagree',
        'shown-is-not-saved',
      ]);
    });

    it('reports an event that was dropped between two connections', () => {
      expect(reportedAfter((run) => events(run).shift())).toContain('text-not-sent');
    });

    it('reports an event that came twice', () => {
      const reported = reportedAfter((run) => events(run).splice(1, 0, { ...at(events(run), 1) }));
      expect(reported).toEqual(expect.arrayContaining(['number-not-rising', 'text-not-sent']));
    });

    it('reports an event that came again after a cut', () => {
      const reported = reportedAfter((run) => events(run).unshift({ ...at(events(run, 0, 0, -2), -1) }));
      expect(reported).toContain('number-not-rising');
    });

    it('reports two events that changed places', () => {
      const reported = reportedAfter((run) => {
        const [one, two] = events(run).splice(0, 2);
        if (one && two) events(run).unshift(two, one);
      });
      expect(reported).toEqual(expect.arrayContaining(['number-not-rising', 'text-not-sent']));
    });

    it('reports texts that changed places under rising numbers', () => {
      const reported = reportedAfter((run) => {
        const [one, two] = events(run).splice(0, 2);
        if (one && two) events(run).unshift(rename(two, one.sequence), rename(one, two.sequence));
      });
      expect(reported).toContain('text-not-sent');
    });

    it('reports a character that was garbled', () => {
      const reported = reportedAfter((run) => {
        const token = at(events(run), 1);
        token.content = `${token.content}`.replace('.', '\ufffd');
      });
      expect(reported).toContain('text-not-sent');
    });

    it('reports a second final event', () => {
      const reported = reportedAfter((run) => {
        const final = at(events(run), -1);
        events(run).push(rename(final, final.sequence + 1));
      });
      expect(reported).toEqual(['event-after-end']);
    });

    it('reports a token after the final event', () => {
      const reported = reportedAfter((run) => {
        const { sequence } = at(events(run), -1);
        events(run).push({ __typename: 'TokenEvent', sequence: sequence + 1, content: wordOf(2, 6) });
      });
      expect(reported).toContain('event-after-end');
    });

    it('reports a reader that was never told the end', () => {
      expect(reportedAfter((run) => events(run).pop())).toEqual(['reader-never-told-the-end']);
    });

    it('reports a reader that was sent away', () => {
      const reported = reportedAfter((run) => {
        events(run).length = 0;
        at(at(at(run.sessions, 0).readers, 0).connections, -1).ended = 'NOT_FOUND';
      });
      expect(reported).toEqual(['reader-refused']);
    });

    it('reports two attempts whose words came mixed', () => {
      const reported = reportedAfter((run) => {
        const token = at(events(run), 1);
        token.content = `${token.content}${wordOf(1, 2)}`;
        at(run.calls, 0).text += wordOf(1, 2);
      });
      expect(reported).toContain('text-not-sent');
    });

    it('reports an attempt that began without a word of it', () => {
      expect(reportedAfter((run) => events(run, 0, 0, 1).shift())).toContain('text-not-sent');
    });

    it('reports readers who were told different ends', () => {
      const reported = reportedAfter((run) => {
        const final = at(events(run, 0, 1), -1);
        if (final.message) final.message.status = 'STOPPED';
      });
      expect(reported).toEqual(['readers-disagree', 'told-is-not-saved']);
    });

    it('reports readers who have different texts after the same number', () => {
      const reported = reportedAfter((run) => {
        const [one, two] = events(run, 0, 1).splice(2, 2);
        const text = `${one?.content}${two?.content}`;
        if (one && two) events(run, 0, 1).splice(2, 0, { ...one, content: text }, { ...two, content: '' });
      });
      expect(reported).toEqual(['readers-disagree']);
    });
  });

  describe('of what is saved', () => {
    it('reports another text than the one that was shown', () => {
      const reported = reportedAfter((run) => {
        at(run.rows, 0).content += '!';
        const { saved } = at(run.sessions, 0);
        if (saved) saved.content += '!';
      });
      expect(reported).toEqual(['saved-is-not-sent', 'shown-is-not-saved']);
    });

    it('reports a complete reply that is only the beginning of what was sent', () => {
      const reported = reportedAfter((run) => {
        at(run.calls, 1).text += wordOf(2, 6);
      });
      expect(reported).toEqual(['saved-is-not-sent']);
    });

    it('reports a complete reply whose call was not complete', () => {
      const reported = reportedAfter((run) => {
        at(run.calls, 1).outcome = 'cut';
      });
      expect(reported).toEqual(['saved-is-not-sent']);
    });

    it('reports a new reply that is an earlier one', () => {
      const reported = reportedAfter((run) => {
        at(run.sessions, 1).fresh = true;
        at(run.sessions, 1).askedMs = 5;
      });
      expect(reported).toEqual(['saved-is-not-sent', 'text-not-sent']);
    });

    it('reports a reply that changed after its end', () => {
      const reported = reportedAfter((run) => {
        const { saved } = at(run.sessions, 0);
        if (saved) saved.content = '';
      });
      expect(reported).toEqual(['saved-changed']);
    });

    it('reports a reply that history does not have', () => {
      expect(reportedAfter((run) => delete at(run.sessions, 0).saved)).toEqual(['not-in-history']);
    });

    it('reports a reply that was stopped for nobody', () => {
      expect(reportedAfter((run) => delete at(run.sessions, 2).stopAskedMs)).toEqual(['stopped-unasked']);
    });

    it.each(['INTERNAL', 'PROVIDER_UNAVAILABLE'])('reports %s where nothing had gone wrong', (code) => {
      const reported = reportedAfter((run) => {
        const { sequence } = at(events(run, 2), -1);
        events(run, 2).splice(-1, 1, { __typename: 'ErrorEvent', sequence, code });
        Object.assign(at(run.rows, 2), { status: 'FAILED', sessionStatus: 'FAILED', errorCode: code });
        Object.assign(at(run.sessions, 2).saved ?? {}, { status: 'FAILED', errorCode: code });
      });
      expect(reported).toEqual(['failed-without-cause']);
    });
  });

  describe('of the provider', () => {
    it('reports a second call in one attempt', () => {
      const reported = reportedAfter((run) => {
        run.calls.push({ ...at(run.calls, 2), number: 4 });
      });
      expect(reported).toEqual(['too-many-calls']);
    });

    it('lets a call that the provider refused be made again', () => {
      const reported = reportedAfter((run) => {
        run.calls.push({ ...at(run.calls, 2), number: 4, text: '', outcome: 'refused' });
      });
      expect(reported).toEqual([]);
    });

    it('reports equal questions that were not answered together', () => {
      const reported = reportedAfter((run) => {
        for (const row of run.rows) row.attempts = 1;
      });
      expect(reported).toEqual(['not-shared']);
    });

    it('reports a call that is still open', () => {
      expect(reportedAfter((run) => delete at(run.calls, 2).endedMs)).toEqual(['call-left-open']);
    });

    it('reports a stopped reply whose call went on', () => {
      const reported = reportedAfter((run) => {
        at(run.calls, 2).endedMs = 60_000;
      });
      expect(reported).toEqual(['call-left-open']);
    });
  });

  describe('of the run', () => {
    it('reports a session that never ended', () => {
      const reported = reportedAfter((run) => {
        const lost = { ...at(run.rows, 2), id: 'd', idempotencyKey: null, status: 'PENDING' };
        run.rows.push({ ...lost, sessionStatus: 'PENDING' });
      });
      expect(reported).toEqual(['never-ended']);
    });

    it('reports two sessions for one idempotency key', () => {
      const reported = reportedAfter((run) => {
        at(run.starts, 0).sessionIds = ['a', 'd'];
      });
      expect(reported).toEqual(['key-made-two-sessions']);
    });

    it('reports two rows with one idempotency key', () => {
      const reported = reportedAfter((run) => {
        run.rows.push({ ...at(run.rows, 2), id: 'd' });
      });
      expect(reported).toEqual(['key-made-two-sessions']);
    });

    it.each<[string, (usage: Open<UsageRecord>) => void]>([
      ['a message that was counted twice', (usage) => (usage.counted.messages += 1)],
      ['tokens that were not booked', (usage) => (usage.counted.tokens -= 1)],
      ['a place that was not given back', (usage) => (usage.held.replies += 1)],
      ['tokens that were not given back', (usage) => (usage.held.tokens += 1000)],
    ])('reports %s', (_what, spoil) => {
      expect(reportedAfter((run) => spoil(at(run.usage, 0)))).toEqual(['usage-off']);
    });

    it.each([
      ['died', 'process-died'],
      ['ended-badly', 'process-ended-badly'],
      ['left-something', 'process-left-something'],
    ] as const)('reports a process that %s', (problem, name) => {
      const reported = reportedAfter((run) => run.processes.push({ name: 'api-1', problem, detail: '' }));
      expect(reported).toEqual([name]);
    });

    it('reports a client that was refused', () => {
      expect(reportedAfter((run) => run.refusals.push('CONFLICT'))).toEqual(['client-refused']);
    });
  });
});
