import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { readStrictCertificate } from '../strict-certificate.ts';
import { MINT_APP_ID, mintReceipt, type ReceiptMint } from '../testing/mint-receipt.ts';
import { makeParty } from '../testing/test-authority.ts';
import type { ReceiptPolicy } from './app-attest-policy.ts';
import { verifyReceipt } from './verify-receipt.ts';

const host = createNodeHost();
const at = Date.parse('2026-06-01T00:00:00Z');
const MINUTE_MS = 60_000;
const { publicKey } = makeParty('p256');

function verify(mint: Partial<ReceiptMint> = {}, policy: Partial<ReceiptPolicy> = {}) {
  const { receipt, root } = mintReceipt({ at, publicKey, ...mint });
  const anchor = readStrictCertificate(root, host);
  return verifyReceipt(
    receipt,
    {
      at,
      anchors: anchor === null ? [] : [anchor],
      appIds: [MINT_APP_ID],
      publicKey,
      maxAgeMs: 5 * MINUTE_MS,
      ...policy,
    },
    host,
  ).value;
}

describe('a receipt of App Attest (AA9)', () => {
  it('holds, and says how risky the device is', () => {
    expect(verify({ riskMetric: 4 })).toMatchObject({
      ok: true,
      reasons: [],
      fields: { appId: MINT_APP_ID, riskMetric: '4' },
    });
  });

  it.each([
    ['signed by another key', { forged: true }, {}, ['bad-signature']],
    ['changed after it was signed', { altered: true }, {}, ['bad-signature']],
    ['that nobody signed', { unsigned: true }, {}, ['bad-signature', 'malformed']],
    ['under a root that nobody trusts', {}, { anchors: [] }, ['no-trust-anchor']],
    ['of another app', { appId: 'ZZZZZ99999.com.example' }, {}, ['app-mismatch']],
    ['of another key', {}, { publicKey: makeParty('p256').publicKey }, ['key-mismatch']],
    ['made six minutes ago', { createdAt: at - 6 * MINUTE_MS }, {}, ['receipt-old']],
    ['made in an hour', { createdAt: at + 60 * MINUTE_MS }, {}, ['receipt-not-yet-valid']],
    ['without a date', { fields: new Map([[12, '']]) }, {}, ['receipt-not-yet-valid', 'receipt-old']],
    ['with a date that is none', { fields: new Map([[12, 'soon']]) }, {}, ['receipt-not-yet-valid', 'receipt-old']],
    ['that has expired', { expiresAt: at - 1 }, {}, ['receipt-expired']],
    ['that never expires', { fields: new Map([[21, '']]) }, {}, ['receipt-expired']],
  ] satisfies readonly [string, Partial<ReceiptMint>, Partial<ReceiptPolicy>, readonly string[]][])(
    '%s is refused',
    (_name, mint, policy, expected) => {
      expect(verify(mint, policy)?.reasons).toEqual(expected);
    },
  );

  it('as old as it may be is taken', () => {
    expect(verify({ createdAt: at - 5 * MINUTE_MS })?.reasons).toEqual([]);
  });
});

describe('a damaged receipt', () => {
  it('never holds, whichever bit of it is another', { timeout: 120_000 }, () => {
    const { receipt, root } = mintReceipt({ at, publicKey });
    const anchor = readStrictCertificate(root, host);
    const policy = { at, anchors: anchor === null ? [] : [anchor], appIds: [MINT_APP_ID], publicKey };
    expect(verifyReceipt(receipt, policy, host).value?.ok).toBe(true);
    const damage = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff];
    const accepted = [...receipt.keys()].flatMap((offset) =>
      damage
        .filter((bits) => {
          const damaged = receipt.slice();
          damaged[offset] = (damaged[offset] ?? 0) ^ bits;
          return verifyReceipt(damaged, policy, host).value?.ok === true;
        })
        .map((bits) => [offset, bits]),
    );
    console.log(`app attest receipt: ${receipt.length * damage.length} damaged, ${accepted.length} accepted`);
    expect(accepted).toEqual([]);
  });
});
