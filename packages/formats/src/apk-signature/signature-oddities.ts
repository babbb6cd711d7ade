import { type Diagnostics, u32At } from '@vedette/bytes';
import type { ZipArchive } from '../zip/read-zip.ts';
import { LOCAL_HEADER } from '../zip/zip-records.ts';
import type { SdkRange } from './jar-digests.ts';
import { jarAttribute, readJarManifest } from './jar-manifest.ts';
import { isDebugCertificate, publicTestKey } from './known-keys.ts';
import type { Schemes } from './run-schemes.ts';
import type { SchemeResult, SchemeSigner } from './scheme-result.ts';
import type { SigningBlock } from './signing-block.ts';
import { jarSignatureEntries } from './verify-jar-signature.ts';

export interface OdditySource {
  readonly bytes: Uint8Array;
  readonly zip: ZipArchive;
  readonly block: SigningBlock | null;
  readonly schemes: Pick<Schemes, 'present'>;
  readonly signers: readonly SchemeSigner[];
  readonly looked: readonly SchemeResult[];
  readonly range: SdkRange;
}

const DEX_MAGIC = 0x0a786564; // "dex\n"
const MAX_FILES = 10;
const BLOCK_SCHEMES = ['v2', 'v3', 'v3.1'];
/** Bits below which a key counts as weak (NIST SP 800-131A: RSA and DSA 2,048, EC 224); at 1,024 factoring is in reach. */
const WEAK_BITS: Readonly<Record<string, number>> = { RSA: 2_048, DSA: 2_048, EC: 224 };

/** Reports what is odd about signatures and what no verifier judges. */
export function reportSignatureOddities(source: OdditySource, diagnostics: Diagnostics): void {
  reportBlock(source, diagnostics);
  reportPrefix(source, diagnostics);
  reportKeys(source, diagnostics);
  reportConfusion(source, diagnostics);
  reportStripping(source, diagnostics);
}

const ANNOUNCED_SCHEMES: Readonly<Record<string, string>> = { 2: 'v2', 3: 'v3' };
const MAX_MAIN_SECTION = 16 * 1024;

/**
 * What signature files say about newer signatures, also where no platform looks at them or they do not verify: an app
 * without what its maker announced was changed by someone.
 */
function reportStripping({ zip, schemes }: OdditySource, diagnostics: Diagnostics): void {
  if (diagnostics.has('apk-signature.stripped')) return;
  const announced = new Set<string>();
  for (const file of [...jarSignatureEntries(zip).files.values()].slice(0, MAX_FILES)) {
    const { main } = readJarManifest(file.read(MAX_MAIN_SECTION).value);
    const value = jarAttribute(main, 'X-Android-APK-Signed') ?? '';
    for (const number of value.split(',').slice(0, 100)) announced.add(ANNOUNCED_SCHEMES[number.trim()] ?? '');
  }
  for (const scheme of announced) {
    if (scheme === '' || schemes.present.some((known) => known === scheme)) continue;
    const message = `the v1 signature announces a ${scheme} signature, which is not there: it was stripped`;
    diagnostics.error('apk-signature.stripped', message);
  }
}

function reportBlock({ block, schemes }: OdditySource, diagnostics: Diagnostics): void {
  if (block === null) return;
  if (!schemes.present.some((scheme) => BLOCK_SCHEMES.includes(scheme))) {
    const message = 'a signing block without a v2 or v3 signature: nothing in it is signed';
    diagnostics.warning('apk-signature.block.no-signature', message, { offset: block.start });
  }
  const seen = new Set<number>();
  for (const { id } of block.pairs) {
    if (seen.has(id)) {
      const message = `more than one pair 0x${id.toString(16).padStart(8, '0')}; the first counts`;
      diagnostics.warning('apk-signature.block.duplicate', message, { offset: block.start });
    }
    seen.add(id);
  }
}

/** JAR signatures cover the entries, not the bytes before them. */
function reportPrefix({ bytes, zip, schemes, range }: OdditySource, diagnostics: Diagnostics): void {
  const first = zip.entries.reduce((lowest, { localOffset }) => Math.min(lowest, localOffset), bytes.length);
  // Build tools leave gaps with a local header that the directory does not list.
  const filled = u32At(bytes, 0) === LOCAL_HEADER;
  if (!schemes.present.includes('v1') || first === 0 || filled || zip.entries.length === 0) return;
  const newer = schemes.present.some((scheme) => BLOCK_SCHEMES.includes(scheme));
  if (newer && range.minSdk >= 24) return;
  const who = newer ? 'platforms before 24 see' : 'platforms see';
  if (u32At(bytes, 0) === DEX_MAGIC) {
    const message = `${who} a JAR signature that does not cover the DEX file at the beginning (Janus, CVE-2017-13156)`;
    diagnostics.error('apk-signature.v1.janus', message, { offset: 0 });
  } else {
    const message = `${who} a JAR signature that does not cover the ${first} bytes before the first entry`;
    diagnostics.warning('apk-signature.v1.prefix', message, { offset: 0 });
  }
}

function reportKeys({ signers }: OdditySource, diagnostics: Diagnostics): void {
  const seen = new Set<string>();
  for (const { certificate, scheme, digestAlgorithm } of signers) {
    const place = { where: `${scheme} signer` };
    if (digestAlgorithm === 'md5' || digestAlgorithm === 'sha1')
      diagnostics.note('apk-signature.digest.weak', `the signature is made over a ${digestAlgorithm} digest`, place);
    if (certificate === null || seen.has(certificate.sha256)) continue;
    seen.add(certificate.sha256);
    const testKey = publicTestKey(certificate);
    if (testKey !== null)
      diagnostics.warning(
        'apk-signature.key.public',
        `signed with the public ${testKey} key of the Android project`,
        place,
      );
    if (isDebugCertificate(certificate))
      diagnostics.warning('apk-signature.key.debug', 'signed with a debug key', place);
    const { keyAlgorithm, keyBits } = certificate;
    const least = WEAK_BITS[keyAlgorithm];
    if (least !== undefined && keyBits !== null && keyBits < least)
      diagnostics.warning('apk-signature.key.weak', `a ${keyAlgorithm} key of ${keyBits} bits`, place);
  }
}

/** Which signer an app has must not depend on who asks: platforms and stores look at different schemes. */
function reportConfusion({ signers, looked }: OdditySource, diagnostics: Diagnostics): void {
  const bySignature = new Map<string, Set<string>>();
  const rotated = new Set<string>();
  for (const { scheme, certificate, lineage } of signers) {
    if (certificate === null || scheme === 'v4') continue;
    const own = bySignature.get(scheme) ?? new Set();
    bySignature.set(scheme, own.add(certificate.sha256));
    if (lineage?.verified === 'verified') for (const node of lineage.nodes) rotated.add(node.certificate.sha256);
  }
  const [first, ...rest] = [...bySignature];
  if (first === undefined) return;
  for (const [scheme, own] of rest) {
    const same = own.size === first[1].size && [...own].every((sha256) => first[1].has(sha256));
    const handedOver = [...own, ...first[1]].every((sha256) => rotated.has(sha256));
    if (same || handedOver) continue;
    const counts = looked.some((result) => result.scheme === scheme);
    const message = `${first[0]} and ${scheme} name different signers${counts ? '' : ', though no platform asked about sees both'}`;
    diagnostics.warning('apk-signature.signers-differ', message);
  }
}
