import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from '../builders/mutate.ts';
import { buildSignedData } from '../cms/signed-data-builder.ts';
import { buildMachO } from '../mach-o/mach-o-builder.ts';
import { readMachO } from '../mach-o/read-mach-o.ts';
import { buildXmlPlist } from '../plist/plist-builder.ts';
import { buildCertificate } from '../x509/certificate-builder.ts';
import { SLOT } from './blob.ts';
import {
  type CodeSigningSpec,
  codeSignatureAttributes,
  codeSigning,
  derEntitlements,
} from './code-signature-builder.ts';
import { CODE_SIGNATURE_TRICKS } from './code-signature-tricks.ts';
import { codeSignatureTarget } from './fuzz-target.ts';
import { readCodeSignature } from './read-code-signature.ts';
import { rulePattern } from './rule-pattern.ts';
import type { CodeSignature, CodeSignatureVerdict } from './signature-model.ts';
import { type SealedFiles, verifyCodeSignature } from './verify-code-signature.ts';

const host = createNodeHost();
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const certificate = buildCertificate({
  subject: { CN: 'Apple Development: Test', OU: 'A1B2C3D4E5' },
  publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
});

/** CMS by node:crypto, with Apple's list of all hashes. */
function cms(codeDirectory: Uint8Array, cdHashes: readonly Uint8Array[]): Uint8Array {
  return buildSignedData({
    certificates: [certificate],
    signers: [
      {
        certificate,
        signatureAlgorithm: '1.2.840.10045.4.3.2',
        attributes: codeSignatureAttributes(host.sha256(codeDirectory), cdHashes),
        signature: (attributes) => new Uint8Array(sign('sha256', attributes, privateKey)),
      },
    ],
  });
}

interface Opened {
  readonly signature: CodeSignature | null;
  readonly verdict: CodeSignatureVerdict;
  readonly ids: readonly string[];
  readonly codes: readonly string[];
}

function open(spec: Omit<CodeSigningSpec, 'host'>, files: SealedFiles = {}, bend?: (file: Uint8Array) => void): Opened {
  const file = buildMachO({
    text: [{ name: '__text', data: new Uint8Array(9_000).fill(1) }],
    signature: codeSigning({ ...spec, host }),
  });
  bend?.(file);
  const slice = readMachO(file).value?.slices[0];
  const place = slice?.codeSignature;
  if (slice === undefined || place === null || place === undefined) throw new Error('the builder writes a signature');
  const read = readCodeSignature(slice.bytes.subarray(place.offset, place.offset + place.size), host);
  const verdict = verifyCodeSignature(read.value, { bytes: slice.bytes, signatureOffset: place.offset }, files, host);
  return {
    signature: read.value,
    verdict,
    ids: read.diagnostics.map(({ id }) => id),
    codes: verdict.issues.map(({ code }) => code),
  };
}

describe('code signatures', () => {
  it('verify over every page, sealed file and hash type, and name the signer', () => {
    const infoPlist = buildXmlPlist({ CFBundleIdentifier: 'com.example.app' });
    const codeResources = buildXmlPlist({ files2: {} });
    const entitlements = buildXmlPlist({ 'get-task-allow': true, groups: ['a'] });
    const spec = {
      cms,
      infoPlist,
      codeResources,
      entitlements,
      entitlementsDer: derEntitlements({ 'get-task-allow': true, groups: ['a'] }),
      teamId: 'A1B2C3D4E5',
      identifier: 'com.example.app',
    };
    for (const hashTypes of [['sha1', 'sha256'], ['sha256-truncated'], ['sha384']] as const) {
      const { verdict, ids } = open({ ...spec, hashTypes }, { infoPlist, codeResources });
      expect(verdict).toMatchObject({
        state: 'verified',
        issues: [],
        teamId: 'A1B2C3D4E5',
        identifier: 'com.example.app',
      });
      expect(verdict.certificates.map(({ subject }) => subject)).toEqual(['OU=A1B2C3D4E5,CN=Apple Development: Test']);
      expect(ids).toEqual(hashTypes.length > 1 ? ['code-signature.directories'] : []);
    }
  });

  it('do not hold once a page, a sealed file or the code directory was changed', () => {
    const infoPlist = buildXmlPlist({ a: 'b' });
    const signed = { cms, infoPlist };
    const page = open(signed, {}, (file) => {
      file[0x1005] = 2;
    });
    expect(page.verdict).toMatchObject({
      state: 'broken',
      issues: [{ code: 'page-hash', detail: '1 of 4 pages were changed: 1' }],
    });
    expect(open(signed, { infoPlist: buildXmlPlist({ a: 'c' }) }).codes).toEqual(['special-slot']);
    expect(open(signed, { infoPlist: null }).codes).toEqual(['special-slot-missing']);
    const other = open({ cms: () => cms(new Uint8Array(3), []) });
    expect(other.verdict.state).toBe('broken');
    expect(other.codes).toEqual(['cms-failed', 'cdhashes-mismatch']);
    expect(open({ cms, lies: { codeLimit: 4_096 } }).codes).toContain('code-not-covered');
    expect(open({ flags: 0 }).codes).toEqual(['cms-missing']);
  });

  it('say that a host without hashes could not check', () => {
    const { signatures: _, ...poor } = host;
    const file = buildMachO({ signature: codeSigning({ cms, hashTypes: ['sha1'], host }) });
    const slice = readMachO(file).value?.slices[0];
    const place = slice?.codeSignature ?? { offset: 0, size: 0 };
    const { value } = readCodeSignature(file.subarray(place.offset), poor);
    const verdict = verifyCodeSignature(value, { bytes: file, signatureOffset: place.offset }, {}, poor);
    expect([verdict.state, verdict.issues.map(({ code }) => code)]).toEqual([
      'not-checked',
      ['hash-unsupported', 'cms-not-checked'],
    ]);
  });
});

describe('code signature tricks', () => {
  it('trick 78: no SuperBlob, or an index that lies', () => {
    expect(open({ superBlob: { magic: 1 } })).toMatchObject({ signature: null, ids: ['code-signature.malformed'] });
    const many = open({ cms, superBlob: { count: 0x7fff_ffff } });
    expect(many.ids).toContain('code-signature.blob.count');
    expect(many.signature?.chosen?.identifier).toBe('com.example.app');
    const outside = open({ cms, extra: [[0x99, Uint8Array.of(1, 2, 3, 4, 0xff, 0xff, 0xff, 0xff)]] });
    expect(outside.ids).toEqual(['code-signature.blob.range']);
    expect(outside.verdict.state).toBe('verified');
    const twice = open({ cms, extra: [[SLOT.CODE_DIRECTORY, Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 8)]] });
    expect(twice.ids).toEqual(['code-signature.blob.duplicate']);
    expect(twice.verdict.state).toBe('verified');
  });

  it('trick 78: of several code directories the strongest counts, and it must be one that the signer lists', () => {
    const { signature, ids, verdict } = open({ cms, hashTypes: ['sha1', 'sha256'] });
    expect(ids).toEqual(['code-signature.directories']);
    expect([signature?.chosen?.hashType, verdict.state]).toEqual(['sha256', 'verified']);
    // A second directory that the signer has not seen, with another identifier.
    const bend = (index: number, bytes: Uint8Array): Uint8Array => {
      if (index === 1) bytes[52] = 0x78;
      return bytes;
    };
    const forged = open({
      cms: (directory, hashes) => cms(directory, hashes.slice(0, 1)),
      hashTypes: ['sha1', 'sha256'],
      bend,
    });
    expect(forged.ids).toContain('code-signature.directories.differ');
    expect(forged.signature?.chosen?.identifier).toBe('xom.example.app');
    expect(forged.codes).toEqual(['cdhashes-mismatch']);
  });

  it('trick 78: a hash type of another size', () => {
    const { ids, verdict } = open({ cms, lies: { hashSize: 20 } });
    expect(ids).toContain('code-signature.hash.mismatch');
    expect(verdict.state).toBe('broken');
  });

  it('trick 78: ad hoc is not verified', () => {
    const { ids, verdict } = open({});
    expect(ids).toEqual(['code-signature.ad-hoc']);
    expect(verdict).toMatchObject({ state: 'ad-hoc', certificates: [] });
  });

  it('trick 78: entitlements in XML and DER that differ, or DER that cannot be read', () => {
    const entitlements = buildXmlPlist({ 'get-task-allow': false });
    const differ = open({ cms, entitlements, entitlementsDer: derEntitlements({ 'get-task-allow': true }) });
    expect(differ.ids).toEqual(['code-signature.entitlements.differ']);
    expect(differ.codes).toEqual(['entitlements-differ']);
    expect(differ.signature?.entitlements.agree).toBe(false);
    const broken = open({ cms, entitlements, entitlementsDer: Uint8Array.of(0x70, 0x82, 1) });
    expect(broken.ids).toEqual(['code-signature.entitlements.der']);
  });

  it('trick 78: the psychic paper in entitlements is noticed', () => {
    const hidden = '<!---><!--><key>task_for_pid-allow</key><true/><!-- -->';
    const { ids } = open({ cms, entitlements: buildXmlPlist({ plain: true }, hidden) });
    expect(ids).toContain('plist.xml.readings-differ');
  });

  it('has a test for each id of the table', () => {
    const own = readFileSync(new URL(import.meta.url), 'utf8');
    expect(CODE_SIGNATURE_TRICKS.filter(({ id }) => !own.includes(`'${id}'`))).toEqual([]);
  });

  it('survives generated and damaged signatures (fuzz)', () => {
    const seeds = codeSignatureTarget.seeds();
    for (let seed = 0; seed < 300; seed++) {
      codeSignatureTarget.read(codeSignatureTarget.generate(seededRandom(seed)), host);
      codeSignatureTarget.read(mutate(seeds[seed % seeds.length] ?? new Uint8Array(0), seed), host);
    }
  });
});

describe('rulePattern', () => {
  it('matches as POSIX expressions do, wherever the pattern is not anchored', () => {
    const cases: readonly (readonly [pattern: string, path: string, matches: boolean])[] = [
      ['^.*', 'a/b', true],
      ['^', '', true],
      ['^Info\\.plist$', 'Info.plist', true],
      ['^Info\\.plist$', 'Infoxplist', false],
      ['^(.*/)?\\.DS_Store$', 'a/b/.DS_Store', true],
      ['^(.*/)?\\.DS_Store$', '.DS_Store', true],
      ['^(.*/)?\\.DS_Store$', 'x.DS_Store', false],
      ['.*\\.dSYM($|/)', 'a.dSYM/b', true],
      ['.*\\.dSYM($|/)', 'a.dSYMb', false],
      ['^(Frameworks|PlugIns|Library/(Automator|Spotlight))/', 'Library/Spotlight/x', true],
      ['^[^/]+$', 'a', true],
      ['^[^/]+$', 'a/b', false],
      ['a+b?c', 'xaac', true],
      ['[a-c]$', 'b', true],
    ];
    for (const [pattern, path, expected] of cases)
      expect(rulePattern(pattern)?.(path), `${pattern} on ${path}`).toBe(expected);
  });

  it('refuses what it does not understand and is not slowed down by what blows up elsewhere', () => {
    for (const pattern of ['a{2}', '\\d', '(a', '[a', '*a', '[[:alpha:]]', 'a'.repeat(600)])
      expect(rulePattern(pattern)).toBeNull();
    const evil = rulePattern('^(a+)+(a*)*(a|a?)+$');
    expect(evil?.(`${'a'.repeat(5_000)}b`)).toBe(false);
  });
});
