import type { AppDifference, Appraisal, AppSigner } from '@vedette/contracts';

type Signing = AppDifference['signer'];
/** Of an appraisal, what says who signed. */
type Signed = Pick<Appraisal, 'app' | 'file'>;

/**
 * Whether two builds are by the holder of one key. Only what is verified proves anything: a certificate can be copied into any file. Of several schemes the newest that
 * verifies counts, as on a phone that knows it. A new key is `rotated` when the later build carries the old key's signature for it (APK Signature Scheme v3,
 * proof-of-rotation), or when both are signed for one team of Apple's programme.
 */
export function compareSigners(before: Signed, after: Signed): Signing {
  const [old, now] = [currentKeys(before.app.signers), currentKeys(after.app.signers)];
  const answer = (change: Signing['change'], reason: string): Signing => ({
    change,
    reason,
    before: old,
    after: now,
  });
  if (before.file.sha256 === after.file.sha256) return answer('same', 'Both are the same file.');
  if (old.length === 0 && now.length === 0) return answer('unknown', unproven(before, after));
  if (now.length === 0) return withoutProof(before, after, answer);
  if (old.length === 0) return answer('unknown', 'The signature of the earlier build proves nothing.');
  if (old.length === now.length && old.every((key) => now.includes(key)))
    return answer('same', 'Both are signed by the same certificate.');
  const team = after.app.ios?.teamId ?? null;
  if (team !== null && team === before.app.ios?.teamId && after.app.platform === 'ios')
    return answer('rotated', `Another certificate of the same team (${team}).`);
  const lineage = after.app.signerLineage ?? [];
  if (old.length === 1 && now.length === 1 && lineage.includes(old[0] ?? '') && lineage.at(-1) === now[0])
    return answer('rotated', 'Another certificate, for which the old key signed.');
  if ((before.app.signerLineage ?? []).some((key) => now.includes(key)))
    return answer('different', 'The later build is signed by a key that the earlier one had handed over from.');
  return answer('different', 'Another certificate, and nothing proves that its owner had the old key.');
}

/** SHA-256 of the certificates that the newest scheme which verifies names, sorted. */
function currentKeys(signers: readonly AppSigner[]): string[] {
  const order = ['v3.1', 'v3', 'v2', 'v1', 'apple'] as const;
  for (const scheme of order) {
    const keys = signers.filter((one) => one.scheme === scheme && one.verified === 'verified').map((one) => one.sha256);
    if (keys.length > 0) return [...new Set(keys)].sort();
  }
  return [];
}

/** The later build proves nothing, the earlier did: worse than not knowing, unless it was only not checked. */
function withoutProof(before: Signed, after: Signed, answer: (change: Signing['change'], reason: string) => Signing) {
  const { signers } = after.app;
  if (signers.some(({ verified }) => verified === 'failed'))
    return answer(
      'different',
      'The signature of the later build does not verify; the certificate in it proves nothing.',
    );
  if (signers.some(({ verified }) => verified === 'not-checked')) return answer('unknown', unproven(before, after));
  return answer('different', 'The earlier build is signed, the later one is not.');
}

function unproven(before: Signed, after: Signed): string {
  const all = [...before.app.signers, ...after.app.signers];
  if (all.length === 0) return 'Neither carries a signature.';
  return all.some(({ verified }) => verified === 'failed')
    ? 'The signatures do not verify.'
    : 'The signatures were not checked.';
}
