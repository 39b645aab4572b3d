import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits, type AuditResult } from 'graphql-http';
import { startInstallation, type Installation } from '../support/installation.js';

/** As many as graphql-http 1.23 has; with another version, look what has changed. */
const MUST = 13;
const ALL = 61;

describe('the audits of graphql-http', () => {
  let rivulet: Installation;
  let results: readonly AuditResult[];

  beforeAll(async () => {
    rivulet = await startInstallation('one process', { env: { GRAPHQL_INTROSPECTION: 'true' } });
    const audits = serverAudits({ url: `${rivulet.apis[0].url}/graphql` });
    results = await Promise.all(audits.map(({ fn }) => fn()));
  });
  afterAll(() => rivulet.stop());

  const failed = (audits: readonly AuditResult[]) =>
    audits.flatMap((audit) => (audit.status === 'ok' ? [] : [`${audit.name}: ${audit.reason}`]));

  it('pass in everything that the specification demands', () => {
    const demanded = results.filter(({ name }) => name.startsWith('MUST'));
    expect(demanded).toHaveLength(MUST);
    expect(failed(demanded)).toEqual([]);
  });

  it('pass in everything that it recommends or permits', () => {
    expect(results).toHaveLength(ALL);
    expect(failed(results)).toEqual([]);
  });
});
