import { appraise } from '@vedette/appraisal';
import { createNodeHost } from '@vedette/bytes/node';
import { Appraisal } from '@vedette/contracts';
import { readAppImage } from '@vedette/program';
import { describe, expect, it } from 'vitest';
import type { Layout, Specimen } from './pattern-app.ts';
import { ZOO } from './zoo.ts';

const host = createNodeHost();
const SPECIMENS = ZOO.filter(({ kind }) => kind === 'specimen');
const LOOK_ALIKES = ZOO.filter(({ kind }) => kind === 'look-alike');

function judged({ id, build }: Specimen, layout?: Layout): Appraisal {
  const { value, diagnostics } = readAppImage(build(layout), { name: `${id}.apk`, host });
  if (value === null) throw new Error(diagnostics[0]?.message);
  return Appraisal.parse(appraise(value, { version: '0', now: '2026-01-01T00:00:00Z' }));
}

describe('the behaviour zoo', () => {
  it('has at least 25 specimens and 25 look-alikes, each with an id of its own', () => {
    expect(SPECIMENS.length).toBeGreaterThanOrEqual(25);
    expect(LOOK_ALIKES.length).toBeGreaterThanOrEqual(25);
    expect(new Set(ZOO.map(({ id }) => id)).size).toBe(ZOO.length);
  });

  it.each(SPECIMENS.map((one) => [one.id, one] as const))(
    '%s is called malicious, with its classes and evidence',
    (_, one) => {
      const appraisal = judged(one);
      expect(appraisal.verdict).toBe('malicious');
      const classes = appraisal.classes.map((found) => found.class);
      for (const expected of one.expected.classes ?? []) expect(classes).toContain(expected);
      for (const rule of one.expected.rules ?? []) {
        const finding = appraisal.findings.find(({ ruleId }) => ruleId === rule);
        expect(finding, rule).toBeDefined();
        // Evidence names a place in the specimen's own code or manifest, which a person can go to.
        const places = finding?.evidence.map((piece) => (piece.kind === 'code' ? piece.class : piece.kind)) ?? [];
        expect(
          places.some(
            (place) =>
              place.startsWith('test.specimen.') ||
              place.startsWith('com.example.specimen.') ||
              place === 'manifest' ||
              place === 'file',
          ),
          rule,
        ).toBe(true);
      }
      // It would be called malicious if it were signed, too: that it is not is how it is kept inert.
      const unsigned =
        appraisal.score.malice.parts.find(({ ruleId }) => ruleId === 'android.signing.not-signed')?.weight ?? 0;
      const sum = appraisal.score.malice.parts.reduce((total, { weight }) => total + weight, 0);
      expect(sum - unsigned).toBeGreaterThanOrEqual(50);
    },
  );

  it.each(LOOK_ALIKES.map((one) => [one.id, one] as const))('%s is not called malicious', (_, one) => {
    expect(judged(one).verdict).not.toBe('malicious');
  });

  it.each(ZOO.map((one) => [one.id, one] as const))(
    '%s is inert: specimens have no signature, none an address of anybody or native code',
    (_, one) => {
      const { value } = readAppImage(one.build(), { name: 'x.apk', host });
      if (value === null) throw new TypeError('not read');
      if (one.kind === 'specimen') expect(value.signers).toEqual([]);
      else expect(value.signers).toMatchObject([{ verified: 'verified' }]);
      expect(value.native).toEqual([]);
      const hosts = judged(one).app.hosts.map((found) => found.host);
      // Besides reserved names: the public address of a messenger's interface for bots, without any bot's key.
      for (const name of hosts) expect(name).toMatch(/(?:^|\.)test$|^api\.telegram\.org$/);
    },
  );

  // The same apps with their code in other classes: what is said of an app must come from what it does.
  it.each(['network-apart', 'helpers-merged'] as const)('says the same when the code is laid out with %s', (layout) => {
    const wrong = ZOO.filter((one) => (judged(one, layout).verdict === 'malicious') !== (one.kind === 'specimen'));
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
