import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { consolidateLineages, lineagePosition, readLineage, readLineageFile } from './lineage.ts';
import { buildLineage, buildLineageFile } from './lineage-builder.ts';
import { testKey } from './testing/test-key.ts';

const host = createNodeHost();
const [one, two, three] = [testKey('one'), testKey('two', 'rsa'), testKey('three')];

describe('lineages', () => {
  it('reads a file of rotated keys with what each may still do', () => {
    const { value, diagnostics } = readLineageFile(buildLineageFile({ keys: [one, two, three], flags: [0, 3] }), host);
    expect([value?.verified, diagnostics]).toEqual(['verified', []]);
    expect(value?.nodes.map(({ certificate, capabilities }) => [certificate.subject, capabilities.join()])).toEqual([
      ['CN=one', ''],
      ['CN=two', 'installed-data,shared-uid'],
      ['CN=three', 'installed-data,shared-uid,permission,auth'],
    ]);
  });

  it('says what is wrong, and gives the keys before the fault', () => {
    const fault = (bytes: Uint8Array): unknown[] => {
      const { lineage, fault: found } = readLineage(bytes, host);
      return [found, lineage.nodes.length, lineage.verified];
    };
    expect(fault(buildLineage({ keys: [one, { ...two, sign: one.sign }, three] }))).toEqual(['signature', 2, 'failed']);
    expect(fault(buildLineage({ keys: [one, two, one] }))).toEqual(['signature', 2, 'failed']);
    expect(fault(buildLineage({ keys: [one, two], version: 7 }))).toEqual(['version', 0, 'failed']);
    expect(fault(buildLineage({ keys: [one, two] }).subarray(0, 400))[0]).toBe('malformed');
    expect(fault(buildLineage({ keys: [] }))).toEqual(['malformed', 0, 'failed']);
    const file = buildLineageFile({ keys: [one, two] });
    file[0] = 0;
    expect(readLineageFile(file, host)).toMatchObject({ value: null, diagnostics: [{ id: 'lineage.malformed' }] });
  });

  it('is not checked on a host that cannot verify', () => {
    const { inflateRaw, sha256, now } = host;
    const { lineage, fault } = readLineage(buildLineage({ keys: [one, two] }), { inflateRaw, sha256, now });
    expect([lineage.verified, fault, lineage.nodes.length]).toEqual(['not-checked', null, 2]);
  });

  it('consolidates beginnings of one lineage, and finds keys in it', () => {
    const [short, long, other] = [
      [one, two],
      [one, two, three],
      [two, three],
    ].map((keys) => readLineage(buildLineage({ keys }), host).lineage);
    if (short === undefined || long === undefined || other === undefined) throw new Error('three lineages were read');
    expect([consolidateLineages([short, long]) === long, consolidateLineages([long, other])]).toEqual([true, null]);
    expect(consolidateLineages([])).toBeUndefined();
    const last = other.nodes.at(-1)?.certificate;
    if (last === undefined) throw new Error('the lineage has a last key');
    expect([lineagePosition(long, last), lineagePosition(short, last)]).toEqual([3, 0]);
  });
});
