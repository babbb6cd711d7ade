import { PROBE_FINDINGS } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { NETLAB_ATTACKS, NETLAB_BENIGN } from './cases.ts';

describe('the cases of the network laboratory', () => {
  const all = [...NETLAB_ATTACKS, ...NETLAB_BENIGN];

  it('have names of their own', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it('expect findings that there are, and of attacks alone', () => {
    for (const { expect: ids } of NETLAB_ATTACKS)
      for (const id of ids ?? ['none']) expect(Object.keys(PROBE_FINDINGS)).toContain(id);
    expect(NETLAB_BENIGN.filter((one) => one.expect !== undefined)).toEqual([]);
  });
});
