import { CheckResult } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StixObject } from '../stix/stix-object.ts';
import { stixValidator } from '../testing/official-schemas.ts';
import { HOSTILE } from '../testing/sample-appraisal.ts';
import { sampleCheck } from '../testing/sample-check.ts';
import { stringsIn, UNPRINTABLE } from '../testing/strings-in.ts';
import { renderCheckHtml } from './render-check-html.ts';
import { renderCheckStix } from './render-check-stix.ts';

const answered = (text?: string, over: Partial<CheckResult> = {}) => ({
  check: sampleCheck(text, over),
  answer: 'One thing is wrong.',
});
const NOW = '2026-11-22T12:00:00Z';
const stix = (...checks: Parameters<typeof renderCheckStix>[0][number][]): string =>
  renderCheckStix(checks, { now: NOW });
const objectsOf = (text: string): StixObject[] => (JSON.parse(text) as { objects: StixObject[] }).objects;

it('the sample is a check', () => {
  expect(CheckResult.parse(sampleCheck())).toBeTruthy();
});

describe('renderCheckHtml', () => {
  const page = renderCheckHtml([answered()]);

  it('begins with the answer, the phone and every piece of the evidence', () => {
    expect(page).toContain('<p class="lead">One thing is wrong.</p>');
    expect(page).toContain('<title>Check of Maker Phone plain</title>');
    for (const text of [
      'androidqf bundle: <code>capture plain</code>',
      'bug report: <code>.</code>',
      '1,234 indicators of 1 lists',
    ])
      expect(page).toContain(text);
  });

  it('shows every fact with its place in the evidence', () => {
    for (const text of [
      'sms.db!/sms#3 plain',
      'getprop.txt:1 plain: getprop.x = plain',
      '<code>b:1 (heuristic)</code>',
      'file plain',
    ])
      expect(page).toContain(text);
  });

  it('draws what apps used, what is normal, and from when on it was called', () => {
    const at = (index: number): string => new Date(Date.UTC(2026, 10, 1) + index * 6 * 3_600_000).toISOString();
    const points = Array.from({ length: 6 }, (_, index) => ({
      at: at(index),
      hours: 6,
      rate: index * 1e6,
      low: 0,
      high: 2e6,
    }));
    const common = { package: 'com.example.<b>', metric: 'background-bytes' as const };
    const usage = [
      { ...common, points, since: at(2), calledAt: at(4) },
      { ...common, points: points.slice(0, 2).map((point) => ({ ...point, high: null })), since: null, calledAt: null },
    ];
    const drawn = renderCheckHtml([answered('plain', { usage })]);
    expect(drawn).toContain('com.example.&lt;b&gt;: network in the background');
    expect(drawn).toContain('since 2026-11-01 12:00 UTC, called at 2026-11-02 00:00 UTC');
    expect(drawn).toContain('last 5 MB an hour, normal up to 2 MB an hour');
    expect(drawn.match(/<rect class="high" x="[\d.]+" y="[\d.]+" width="0.8"/g)).toHaveLength(2);
    expect(drawn).toContain('not enough history to tell');
    expect(drawn.match(/network in the background, over time/g)).toHaveLength(1);
  });

  it('shows what could not be checked as such, and does not miss what only a server knows', () => {
    expect(page).toMatch(/Global proxy<\/td><td><span class="chip unknown">not known<\/span><\/td><td>not said plain/);
    expect(page).not.toContain('Last contact');
  });

  it('draws the records by day, and marks those that a finding rests on', () => {
    expect(page).toContain('aria-label="Records by day, from 2026-11-01 to 2026-11-03, at most 1 in one bar"');
    expect(page).toMatch(/<rect class="high" x="2.08"[^>]*><title>2026-11-03: 1 records, 1 of them with a finding/);
    expect(page.match(/<span class="chip high">finding<\/span>/g)).toHaveLength(1);
    expect(page).toContain('and 5 more');
    expect(page).toContain('not dated');
  });

  it('says that nothing was held against lists, where it is so', () => {
    const { indicators: _none, ...rest } = sampleCheck();
    expect(renderCheckHtml([{ check: rest, answer: 'x' }])).toContain('no list of indicators');
  });

  it('lets no text of the evidence become markup', () => {
    const hostile = renderCheckHtml([answered(HOSTILE), answered(HOSTILE)]);
    expect(hostile).not.toContain('<script');
    const elements = new Set([...hostile.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name));
    const plain = new Set(
      [...renderCheckHtml([answered(), answered()]).matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name),
    );
    expect(elements).toEqual(plain);
  });

  it('draws any span of time in at most 120 bars', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_000_000_000 }), { minLength: 1, maxLength: 60 }), (seconds) => {
        const timeline = seconds
          .sort((a, b) => a - b)
          .map((at, index) => ({
            artefact: 'a',
            text: 't',
            at: new Date(at * 1000).toISOString(),
            rawRef: `r${index}`,
            observables: [],
          }));
        const drawn = renderCheckHtml([answered('x', { timeline })]);
        expect(Number(/viewBox="0 0 (\d+) 40"/.exec(drawn)?.[1])).toBeLessThanOrEqual(120);
        expect(drawn).not.toMatch(/NaN|Infinity|height="-/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('renderCheckStix', () => {
  const faults = stixValidator();

  it.each([
    ['a phone', [answered()]],
    ['a hostile phone', [answered(HOSTILE)]],
    [
      'a phone of which little is known',
      [
        answered('x', {
          timeline: [],
          findings: [],
          device: { ...sampleCheck().device, manufacturer: null, model: null, osVersion: null },
        }),
      ],
    ],
    ['two phones', [answered(), answered('other')]],
  ])('meets the official schemas with %s', (_what, checks) => {
    expect(faults(JSON.parse(stix(...checks)))).toEqual([]);
  });

  it('gives what findings rest on as observed data, with its time, and other records not', () => {
    const objects = objectsOf(stix(answered()));
    const observed = objects.filter(({ type }) => type === 'observed-data');
    expect(observed).toHaveLength(1);
    expect(observed[0]).toMatchObject({ first_observed: '2026-11-03T10:00:00.000Z', number_observed: 1 });
    const types = objects.map(({ type }) => type);
    for (const type of [
      'domain-name',
      'ipv4-addr',
      'url',
      'email-addr',
      'directory',
      'file',
      'process',
      'software',
      'x509-certificate',
    ])
      expect(types).toContain(type);
  });

  it('states nothing to be an indicator or malware', () => {
    const types = new Set(objectsOf(stix(answered())).map(({ type }) => type));
    for (const type of ['indicator', 'malware', 'relationship']) expect(types).not.toContain(type);
  });

  it('tells each finding in a note that refers to what was seen', () => {
    const objects = objectsOf(stix(answered()));
    const ids = new Set(objects.map(({ id }) => id));
    const notes = objects.filter(({ type }) => type === 'note');
    expect(notes).toHaveLength(2);
    for (const { object_refs: refs } of notes) for (const ref of refs as string[]) expect(ids).toContain(ref);
  });

  it('says the same for the same time, and holds no character that does not show', () => {
    expect(stix(answered(HOSTILE))).toBe(stix(answered(HOSTILE)));
    expect(stringsIn(JSON.parse(stix(answered(HOSTILE)))).filter((one) => UNPRINTABLE.test(one))).toEqual([]);
  });
});
