import { createNodeHost } from '@vedette/bytes/node';
import type { Certificate } from '@vedette/formats';
import { describe, expect, it } from 'vitest';
import { type PathPolicy, verifyPath } from './certificate-path.ts';
import { readStrictCertificate } from './strict-certificate.ts';
import { authorityExtension, issueCertificate, makeParty } from './testing/test-authority.ts';

const host = createNodeHost();
const at = Date.parse('2026-06-01T00:00:00Z');
const [root, middle, leaf] = [makeParty('p384'), makeParty('rsa2048'), makeParty('p256')];
const ROOT = { subject: { CN: 'Test Root' } };
const MIDDLE = { subject: { CN: 'Test Authority' }, issuer: ROOT.subject };
const LEAF = { subject: { CN: 'Test Device' }, issuer: MIDDLE.subject };

const rootDer = issueCertificate(root, root, { ...ROOT, extensions: authorityExtension() ?? {} });
const middleDer = issueCertificate(middle, root, { ...MIDDLE, extensions: authorityExtension(0) ?? {} });
const leafDer = issueCertificate(leaf, middle, LEAF);

function read(der: Uint8Array): Certificate {
  const certificate = readStrictCertificate(der, host);
  if (certificate === null) throw new Error('no certificate');
  return certificate;
}
const verify = (chain: readonly Uint8Array[], policy: Partial<PathPolicy> = {}) =>
  verifyPath(chain.map(read), { anchors: [read(rootDer)], at, ...policy }, host);
const reasons = (chain: readonly Uint8Array[], policy: Partial<PathPolicy> = {}) =>
  verify(chain, policy).faults.map(({ reason, index }) => `${reason}@${index}`);

describe('verifyPath', () => {
  it('takes a chain with its root and without it', () => {
    expect(verify([leafDer, middleDer, rootDer])).toMatchObject({ faults: [], anchor: { subject: 'CN=Test Root' } });
    expect(verify([leafDer, middleDer])).toMatchObject({ faults: [], anchor: { subject: 'CN=Test Root' } });
  });

  it('trusts the key of an anchor, not its name', () => {
    const other = makeParty('p384');
    const impostor = issueCertificate(other, other, { ...ROOT, extensions: authorityExtension() ?? {} });
    const theirs = issueCertificate(middle, other, { ...MIDDLE, extensions: authorityExtension() ?? {} });
    expect(reasons([leafDer, theirs, impostor])).toEqual(['no-trust-anchor@2']);
    const reissued = issueCertificate(root, root, {
      ...ROOT,
      serialNumber: 9,
      notAfter: '2025-01-01T00:00:00Z',
      extensions: authorityExtension() ?? {},
    });
    expect(reasons([leafDer, middleDer, reissued])).toEqual([]);
  });

  it('wants each certificate signed by the next', () => {
    const unsigned = issueCertificate(leaf, leaf, LEAF);
    expect(reasons([unsigned, middleDer, rootDer])).toEqual(['bad-signature@0']);
    expect(reasons([leafDer, rootDer])).toEqual(['wrong-issuer@0']);
    expect(reasons([middleDer, leafDer, rootDer])).toEqual(['wrong-issuer@0', 'wrong-issuer@1', 'not-an-authority@1']);
  });

  it('lets only authorities sign, and only as deep as they may', () => {
    const plain = issueCertificate(middle, root, MIDDLE);
    expect(reasons([leafDer, plain, rootDer])).toEqual(['not-an-authority@1']);
    const below = makeParty();
    const deep = issueCertificate(below, middle, {
      subject: { CN: 'Below' },
      issuer: MIDDLE.subject,
      extensions: authorityExtension() ?? {},
    });
    const deepLeaf = issueCertificate(leaf, below, { subject: LEAF.subject, issuer: { CN: 'Below' } });
    expect(reasons([deepLeaf, deep, middleDer, rootDer])).toEqual(['path-too-long@2']);
  });

  it('judges dates at the time it is given, and only those that count', () => {
    const later = issueCertificate(leaf, middle, { ...LEAF, notBefore: '2027-01-01T00:00:00Z' });
    const ended = issueCertificate(leaf, middle, { ...LEAF, notAfter: '2026-01-01T00:00:00Z' });
    expect(reasons([later, middleDer, rootDer])).toEqual(['certificate-not-yet-valid@0']);
    expect(reasons([ended, middleDer, rootDer])).toEqual(['certificate-expired@0']);
    const dates = (_: Certificate, index: number) => ({ notBefore: index > 0, notAfter: index > 0 });
    expect(reasons([later, middleDer, rootDer], { dates })).toEqual([]);
  });

  it('refuses short keys and SHA-1 unless they are allowed', () => {
    const weak = makeParty('rsa1024', 'sha1');
    const weakDer = issueCertificate(weak, root, { ...MIDDLE, extensions: authorityExtension() ?? {} });
    const signed = issueCertificate(leaf, weak, LEAF);
    expect(reasons([signed, weakDer, rootDer])).toEqual(['weak-algorithm@0', 'weak-algorithm@1']);
    expect(reasons([signed, weakDer, rootDer], { allowWeak: true })).toEqual([]);
  });

  it('refuses critical extensions that nobody understood', () => {
    const odd = issueCertificate(leaf, middle, {
      ...LEAF,
      extensions: { '1.2.3.4': { critical: true, value: Uint8Array.of(5, 0) } },
    });
    expect(reasons([odd, middleDer, rootDer])).toEqual(['unknown-critical-extension@0']);
    expect(reasons([odd, middleDer, rootDer], { understood: ['1.2.3.4'] })).toEqual([]);
  });

  it('has bounds', () => {
    expect(reasons([])).toEqual(['chain-too-short@0']);
    expect(reasons(Array.from({ length: 11 }, () => leafDer))).toEqual(['chain-too-long@10']);
  });

  it('never accepts a chain with a damaged byte', { timeout: 120_000 }, () => {
    const chain = [leafDer, middleDer, rootDer];
    let tried = 0;
    const accepted: string[] = [];
    for (const [index, original] of chain.entries())
      for (let offset = 0; offset < original.length; offset++) {
        const damaged = original.slice();
        damaged[offset] = (damaged[offset] ?? 0) ^ 0x01;
        tried++;
        const certificates = chain.map((other, place) =>
          readStrictCertificate(place === index ? damaged : other, host),
        );
        if (certificates.some((certificate) => certificate === null)) continue;
        const readable = certificates.filter((certificate) => certificate !== null);
        if (verifyPath(readable, { anchors: [read(rootDer)], at }, host).faults.length === 0)
          accepted.push(`certificate ${index}, byte ${offset}`);
      }
    expect(tried).toBe(leafDer.length + middleDer.length + rootDer.length);
    expect(accepted).toEqual([]);
  });
});
