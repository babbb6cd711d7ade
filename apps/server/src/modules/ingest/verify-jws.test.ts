import { REPORT_JWS_TYPE } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestKey } from './agent.fixture.ts';
import { AgentRefused } from './agent-refused.ts';
import { claimedDevice, verifyOfDevice } from './verify-jws.ts';

const DEVICE = '0197a000-0000-7000-8000-000000000002';
const SENDER = { tenantId: DEVICE, deviceId: DEVICE };

async function outcome(jws: string, publicKey: Parameters<typeof verifyOfDevice>[1]): Promise<'accepted' | 'refused'> {
  try {
    claimedDevice(jws);
    await verifyOfDevice(jws, publicKey, SENDER);
    return 'accepted';
  } catch (error) {
    if (error instanceof AgentRefused) return 'refused';
    throw error;
  }
}

describe('a signed report', () => {
  it('is accepted as it was signed, and refused after any change, without another error', async () => {
    const key = await createTestKey();
    const jws = await key.sign({ typ: REPORT_JWS_TYPE, kid: DEVICE }, { any: 'thing', list: [1, 2, 3] });
    expect(await outcome(jws, key.publicKey)).toBe('accepted');
    const change = fc.record({
      at: fc.nat({ max: jws.length - 1 }),
      remove: fc.nat({ max: 5 }),
      insert: fc.string({ maxLength: 5, unit: fc.constantFrom('A', 'z', '0', '-', '_', '.', '=', '+', '\0', 'é') }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, remove, insert }) => {
        const changed = jws.slice(0, at) + insert + jws.slice(at + remove);
        if (changed !== jws) expect(await outcome(changed, key.publicKey)).toBe('refused');
      }),
      { numRuns: 300 },
    );
  });

  it('has one spelling: the unused bits of its last characters are not free', async () => {
    const key = await createTestKey();
    const jws = await key.sign({ typ: REPORT_JWS_TYPE, kid: DEVICE }, {});
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(jws.slice(-1));
    const other = `${jws.slice(0, -1)}${alphabet[last ^ 1] ?? ''}`;
    expect(await outcome(other, key.publicKey)).toBe('refused');
  });
});
