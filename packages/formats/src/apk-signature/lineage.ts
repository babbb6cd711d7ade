/**
 * Lineages of signing certificates: the proof that one key handed over to the next (source.android.com, "APK Signature
 * Scheme v3", "Proof-of-rotation and self-trusted-old-certs structs"). They stand in v3 signers, in source stamps, and in
 * files of `apksigner rotate`.
 */
import { Cursor, createDiagnostics, type Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { type Certificate, readCertificate } from '../x509/read-certificate.ts';
import { verifyWithMethod } from '../x509/signature-methods.ts';
import { takePrefixed } from './prefixed.ts';
import { BLOCK_ALGORITHMS } from './signature-algorithms.ts';

/** What a newer key lets an older one still do (AOSP, SigningDetails.CertCapabilities). */
const CAPABILITIES = [
  [1, 'installed-data'],
  [2, 'shared-uid'],
  [4, 'permission'],
  [8, 'rollback'],
  [16, 'auth'],
] as const;
export type LineageCapability = (typeof CAPABILITIES)[number][1];

export interface LineageNode {
  readonly certificate: Certificate;
  /** What this key may still do although a newer one signs. */
  readonly capabilities: readonly LineageCapability[];
  /** All bits of the flags, the unknown ones too. */
  readonly flags: number;
}

export interface Lineage {
  /** Oldest first. */
  readonly nodes: readonly LineageNode[];
  /** Whether each key signed for the next one. */
  readonly verified: 'verified' | 'failed' | 'not-checked';
}

/**
 * Why a lineage does not hold. `version` is one that is not known; `signature` a handover that does not verify, names
 * another algorithm than it should, or a certificate that is no certificate or stands there twice.
 */
export type LineageFault = 'malformed' | 'version' | 'signature';

export interface LineageResult {
  readonly lineage: Lineage;
  readonly fault: LineageFault | null;
}

const VERSION = 1;
/** More handovers than any app will see; each costs a verification. */
const MAX_NODES = 256;

/** Reads and verifies what stands in the attribute of a signer: a version, then the nodes. */
export function readLineage(bytes: Uint8Array, host: Host): LineageResult {
  const cursor = new Cursor(bytes);
  const nodes: LineageNode[] = [];
  const end = (fault: LineageFault | null): LineageResult => {
    const unsure = host.signatures === undefined && nodes.length > 1;
    const verified = fault !== null ? 'failed' : unsure ? 'not-checked' : 'verified';
    return { lineage: { nodes, verified }, fault };
  };
  const version = cursor.u32();
  if (cursor.truncated) return end('malformed');
  if (version !== VERSION) return end('version');
  let lastAlgorithm = 0;
  while (cursor.remaining > 0) {
    if (nodes.length >= MAX_NODES) return end('malformed');
    const node = new Cursor(takePrefixed(cursor));
    const signed = takePrefixed(node);
    const flags = node.u32();
    const algorithm = node.u32();
    const signature = takePrefixed(node);
    const inner = new Cursor(signed);
    const encoded = takePrefixed(inner);
    const signedAlgorithm = inner.u32();
    if (cursor.truncated || node.truncated || inner.truncated) return end('malformed');
    const certificate = readCertificate(encoded, host).value;
    const previous = nodes.at(-1)?.certificate;
    if (previous !== undefined) {
      const method = BLOCK_ALGORITHMS.get(lastAlgorithm);
      if (method === undefined) return end('malformed');
      const { publicKey } = previous;
      const holds = verifyWithMethod(host, method, { publicKey, data: signed, signature });
      if (holds === false || (holds === null && host.signatures !== undefined)) return end('signature');
      if (lastAlgorithm !== signedAlgorithm) return end('signature');
    }
    if (certificate === null || nodes.some((known) => known.certificate.sha256 === certificate.sha256))
      return end('signature');
    const capabilities = CAPABILITIES.flatMap(([bit, name]) => ((flags & bit) === 0 ? [] : [name]));
    nodes.push({ certificate, capabilities, flags });
    lastAlgorithm = algorithm;
  }
  return end(nodes.length === 0 ? 'malformed' : null);
}

const FILE_MAGIC = 0x3eff39d1;
const FILE_VERSION = 1;

/** Reads a lineage file of `apksigner rotate`. The value is null when it is none; a broken chain is a diagnostic. */
export function readLineageFile(bytes: Uint8Array, host: Host): Parsed<Lineage | null> {
  const diagnostics = createDiagnostics();
  const cursor = new Cursor(bytes);
  const magic = cursor.u32();
  const version = cursor.u32();
  const body = takePrefixed(cursor);
  if (magic !== FILE_MAGIC || version !== FILE_VERSION || cursor.truncated) {
    const reason = magic !== FILE_MAGIC ? 'its magic is another' : 'its version or length is not right';
    diagnostics.error('lineage.malformed', `no file of a signing lineage: ${reason}`);
    return { value: null, diagnostics: diagnostics.list() };
  }
  const { lineage, fault } = readLineage(body, host);
  if (fault !== null)
    diagnostics.error(`lineage.${fault}`, 'the lineage does not hold; the keys before the fault are given');
  return { value: lineage, diagnostics: diagnostics.list() };
}

/** How many keys the lineage has up to and with this certificate; 0 when it is not in it. */
export function lineagePosition(lineage: Lineage, certificate: Pick<Certificate, 'sha256'>): number {
  return lineage.nodes.findIndex((node) => node.certificate.sha256 === certificate.sha256) + 1;
}

/** The longest of several lineages; null when not all of them are beginnings of it. */
export function consolidateLineages(lineages: readonly Lineage[]): Lineage | null | undefined {
  const [first, ...rest] = lineages;
  if (first === undefined) return undefined;
  const longest = rest.reduce((best, lineage) => (lineage.nodes.length > best.nodes.length ? lineage : best), first);
  const consistent = lineages.every(({ nodes }) =>
    nodes.every(({ certificate }, index) => longest.nodes[index]?.certificate.sha256 === certificate.sha256),
  );
  return consistent ? longest : null;
}
