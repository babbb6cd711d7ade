import { createNodeHost } from '@vedette/bytes/node';
import { type Certificate, readCertificate } from '@vedette/formats';
import { describe, expect, it } from 'vitest';
import { pemOf } from '../testing/mint-key-attestation.ts';
import { type ManagedDeviceMint, MINT_NONCE, mintManagedDevice } from '../testing/mint-managed-device.ts';
import { type ManagedDevicePolicy, verifyManagedDevice } from './verify-managed-device.ts';

const host = createNodeHost();
const at = Date.parse('2026-06-01T00:00:00Z');
const anchorOf = (root: Uint8Array): Certificate => {
  const { value } = readCertificate(root, host);
  if (value === null) throw new Error('no root');
  return value;
};
const policyFor = (root: Uint8Array): ManagedDevicePolicy => ({
  at,
  anchors: [anchorOf(root)],
  nonce: { value: MINT_NONCE, by: 'mdm' },
  device: { serialNumber: 'C02TEST00001' },
  reported: { osVersion: '26.6.1' },
});

function verify(mint: ManagedDeviceMint = {}, policy: Partial<ManagedDevicePolicy> = {}) {
  const { chain, root } = mintManagedDevice(mint);
  const { value } = verifyManagedDevice(
    new TextEncoder().encode(pemOf(chain)),
    { ...policyFor(root), ...policy },
    host,
  );
  if (value === null) throw new Error('the chain was not read');
  return value;
}

describe('a managed device attestation', () => {
  it('states properties of the device', () => {
    expect(verify()).toMatchObject({
      ok: true,
      reasons: [],
      fields: { serialNumber: 'C02TEST00001', osVersion: '26.6.1', sipStatus: null },
    });
  });

  it('of a Mac states how it booted (M5)', () => {
    const mac = { sip: 'enabled', secureBoot: 'full', kernelExtensions: 'false' };
    expect(verify({ mac })).toMatchObject({
      ok: true,
      fields: { sipStatus: 'enabled', secureBootStatus: 'full', kernelExtensionsAllowed: 'false' },
    });
    // What Apple could not verify it leaves empty: that is not stated.
    expect(verify({ mac: { ...mac, sip: '' } }).fields).toMatchObject({ sipStatus: null, secureBootStatus: 'full' });
  });

  it('of ACME holds the hash of the nonce', () => {
    const value = new TextEncoder().encode('token');
    expect(verify({ nonce: host.sha256(value) }, { nonce: { value, by: 'acme' } }).reasons).toEqual([]);
    expect(verify({ nonce: value }, { nonce: { value, by: 'acme' } }).reasons).toEqual(['stale']);
  });

  it.each([
    ['M1 a root that nobody trusts', {}, { anchors: [] }, ['no-trust-anchor']],
    ['M1 expired', { leaf: { notAfter: '2026-05-31T00:00:00Z' } }, {}, ['certificate-expired']],
    ['M1 of nothing', { serialNumber: '', udid: '', osVersion: '', sepOsVersion: '' }, {}, ['properties-missing']],
    ['M2 the nonce of an earlier question, of this week', { nonce: new Uint8Array(32) }, {}, ['stale']],
    [
      'M2 the nonce of an earlier question, older',
      { nonce: new Uint8Array(32), leaf: { notBefore: '2026-04-01T00:00:00Z' } },
      {},
      ['nonce-mismatch'],
    ],
    ['M2 no nonce', { nonce: null }, {}, ['nonce-missing']],
    ['M3 another serial number', { serialNumber: 'C02OTHER' }, {}, ['device-mismatch']],
    ['M3 another UDID', {}, { device: { udid: 'other' } }, ['device-mismatch']],
    ['M4 a lower version than reported', { osVersion: '26.5' }, {}, ['version-mismatch']],
  ] satisfies readonly [string, ManagedDeviceMint, Partial<ManagedDevicePolicy>, readonly string[]][])(
    '%s is refused',
    (_, mint, policy, expected) => {
      expect(verify(mint, policy).reasons).toEqual(expected);
    },
  );

  it('M3, M4 what Apple leaves out is not held against the device, and is said', () => {
    const report = verify({ serialNumber: '', osVersion: '', sepOsVersion: '26.6' });
    expect(report.reasons).toEqual([]);
    expect(report.checks.filter(({ ok }) => ok === null).map(({ id }) => id)).toEqual([
      'M3.serialNumber',
      'M4.os-version',
    ]);
    expect(verify({ sepOsVersion: '26.6' }).checks.find(({ id }) => id === 'M4.sep-version')?.ok).toBeNull();
  });

  it('is never accepted with a damaged byte', { timeout: 120_000 }, () => {
    const { chain, root } = mintManagedDevice();
    const whole = Uint8Array.from(chain.flatMap((one) => [...one]));
    const accepted = [...whole.keys()].filter((offset) => {
      const damaged = whole.slice();
      damaged[offset] = (damaged[offset] ?? 0) ^ ([0x01, 0x80, 0xff][offset % 3] ?? 1);
      return verifyManagedDevice(damaged, policyFor(root), host).value?.ok === true;
    });
    console.log(`managed device: ${whole.length} damaged chains, ${accepted.length} accepted`);
    expect(accepted).toEqual([]);
  });

  it('is unreadable where it is no chain', () => {
    expect(verifyManagedDevice(new Uint8Array(4), policyFor(mintManagedDevice().root), host).value).toBeNull();
  });
});
