import { describe, expect, it } from 'vitest';
import { stixValidator } from '../testing/official-schemas.ts';
import { HOSTILE, sampleAppraisal, suppressedAppraisal } from '../testing/sample-appraisal.ts';
import { stringsIn, UNPRINTABLE } from '../testing/strings-in.ts';
import { renderStix } from './render-stix.ts';
import type { StixObject } from './stix-object.ts';

const faults = stixValidator();
const NOW = '2026-11-22T12:00:00Z';
const objectsOf = (text: string): StixObject[] => (JSON.parse(text) as { objects: StixObject[] }).objects;
const render = (...appraisals: Parameters<typeof renderStix>[0][number][]): string =>
  renderStix(appraisals, { now: NOW });
const types = (text: string) => new Set(objectsOf(text).map(({ type }) => type));

describe('renderStix', () => {
  it.each([
    ['a malicious app', [sampleAppraisal()]],
    ['a hostile app', [sampleAppraisal(HOSTILE)]],
    ['suppressed findings', [suppressedAppraisal(HOSTILE)]],
    ['a risky app', [sampleAppraisal('x', { verdict: 'risky' })]],
    ['several apps', [sampleAppraisal(), sampleAppraisal('other')]],
    ['an app of which little is known', [sampleAppraisal('x', { verdict: 'unknown', findings: [], classes: [] })]],
  ])('meets the official schemas with %s', (_what, appraisals) => {
    expect(faults(JSON.parse(render(...appraisals)))).toEqual([]);
  });

  it('is judged by schemas that can fail', () => {
    const object = { type: 'indicator', spec_version: '2.1', id: 'indicator--x' };
    expect(
      faults({ type: 'bundle', id: 'bundle--x', objects: [object, { type: 'made-up', id: 'y' }] }).length,
    ).toBeGreaterThan(2);
  });

  it('states malware, indicators and techniques of malicious apps alone', () => {
    for (const type of ['malware', 'indicator', 'attack-pattern', 'relationship']) {
      expect(types(render(sampleAppraisal()))).toContain(type);
      for (const verdict of ['risky', 'benign', 'unknown'] as const)
        expect(types(render(sampleAppraisal('x', { verdict })))).not.toContain(type);
    }
  });

  it('indicates the file and never a host that the app only names', () => {
    const patterns = objectsOf(render(sampleAppraisal())).flatMap(({ pattern }) =>
      pattern === undefined ? [] : [pattern],
    );
    expect(patterns).toEqual([`[file:hashes.'SHA-256' = '${'ab'.repeat(32)}']`]);
  });

  it('observes hosts that are names or addresses, and no other text', () => {
    const observed = objectsOf(render(sampleAppraisal(HOSTILE)))
      .filter(({ type }) => type === 'domain-name' || type.endsWith('-addr'))
      .map(({ type, value }) => `${type} ${String(value)}`);
    expect(observed).toEqual(['domain-name api.example.test', 'ipv4-addr 192.0.2.7', 'ipv6-addr 2001:db8::1']);
  });

  it('says the same with the same ids whenever it is asked, and refers to nothing that is not there', () => {
    const text = render(sampleAppraisal(), sampleAppraisal('other'));
    expect(render(sampleAppraisal(), sampleAppraisal('other'))).toBe(text);
    const objects = objectsOf(text);
    const ids = new Set(objects.map(({ id }) => id));
    expect(ids.size).toBe(objects.length);
    const later = objectsOf(renderStix([sampleAppraisal()], { now: '2027-01-01T00:00:00Z' })).map(({ id }) => id);
    expect(later).toEqual(objectsOf(render(sampleAppraisal())).map(({ id }) => id));
    for (const object of objects)
      for (const [key, value] of Object.entries(object))
        if (/_refs?$/.test(key)) for (const id of [value].flat()) expect(ids).toContain(id);
  });

  it('gives observables the ids that everybody gives them', () => {
    // Python: uuid.uuid5(uuid.UUID('00abedb4-aa42-466c-9c01-fed23315a9b7'), '{"value":"api.example.test"}')
    const [domain] = objectsOf(render(sampleAppraisal())).filter(({ type }) => type === 'domain-name');
    expect(domain?.id).toBe('domain-name--03b91cfa-1ae6-509c-8b51-f7da9c633110');
  });

  it('tells each finding with its evidence in a note', () => {
    const notes = objectsOf(render(suppressedAppraisal())).filter(({ type }) => type === 'note');
    expect(notes).toHaveLength(4);
    expect(notes[1]?.['content']).toMatch(/classes\.dex: com\.example\.plain\.mplain\(I\)V \+12[\s\S]*12 more places/);
    expect(notes[1]?.['content']).toContain('Suppressed until 2027-03-31: accepted plain');
  });

  it('holds no control character and no turned text', () => {
    const document: unknown = JSON.parse(render(suppressedAppraisal(HOSTILE)));
    expect(stringsIn(document).filter((one) => UNPRINTABLE.test(one))).toEqual([]);
  });

  it('refuses a time that is no date', () => {
    expect(() => renderStix([], { now: 'soon' })).toThrow(RangeError);
  });
});
