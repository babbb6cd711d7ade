import { type Host, toHex } from '@vedette/bytes';
import { type Certificate, extensionValues } from '@vedette/formats';
import { verifyPath } from '../certificate-path.ts';
import type { CheckList } from '../check-list.ts';
import { MAX_LIST_AGE_MS, revocationOf } from '../revocation/revocation-list.ts';
import { GOOGLE_HARDWARE_ROOTS, GOOGLE_SOFTWARE_ROOTS } from '../roots/google-roots.ts';
import { readAnchors } from '../roots/read-anchors.ts';
import { nameText } from '../subject-text.ts';
import type { KeyAttestationPolicy } from './key-attestation-policy.ts';
import { KEY_DESCRIPTION } from './key-description.ts';
import { provisioningOf } from './provisioning.ts';

/** Leaf, attestation key, root. */
const MIN_CHAIN = 3;

/** Checks K1 and K5: the shape of the chain. Nothing else is looked at where it is wrong. */
export function checkShape(chain: readonly Certificate[], checks: CheckList): boolean {
  const last = chain.at(-1);
  const selfIssued = last !== undefined && toHex(last.issuerDer) === toHex(last.subjectDer);
  if (!checks.check('K1.length', chain.length >= MIN_CHAIN, `${chain.length} certificates`, 'chain-too-short'))
    return false;
  if (!checks.check('K1.root', selfIssued, `ends at ${last === undefined ? '' : nameText(last.subjectDer)}`, 'no-root'))
    return false;
  const described = chain.map((certificate) => extensionValues(certificate, KEY_DESCRIPTION).length);
  const highest = described.findLastIndex((count) => count > 0);
  if (!checks.check('K5.described', highest >= 0, 'a key is described', 'extension-missing')) return false;
  // The description nearest to the root counts: what a described key signed is not what the hardware said.
  if (highest > 0) {
    const fake = described.slice(0, highest).some((count) => count > 0);
    const reason = fake ? 'fake-extension' : 'chain-extended';
    return checks.check('K5.place', false, `certificate ${highest + 1} describes a key, above others`, reason);
  }
  const once = described[0] === 1;
  return checks.check('K5.place', once, once ? 'in the leaf alone' : 'twice in the leaf', 'fake-extension');
}

/** Checks K2, K3, K4, K6 and K17: from the leaf to a trusted root. */
export function checkPath(
  chain: readonly Certificate[],
  policy: KeyAttestationPolicy,
  checks: CheckList,
  host: Host,
): { readonly provisioning: ReturnType<typeof provisioningOf> } {
  const provisioning = provisioningOf(chain);
  const hardware = policy.anchors ?? readAnchors(GOOGLE_HARDWARE_ROOTS, host);
  const software = readAnchors(GOOGLE_SOFTWARE_ROOTS, host);
  const anchors = policy.allowSoftware === true ? [...hardware, ...software] : hardware;
  const root = chain.at(-1);
  const isSoftware = root !== undefined && software.some((one) => toHex(one.publicKey) === toHex(root.publicKey));
  const { faults, anchor } = verifyPath(
    chain,
    {
      anchors,
      at: policy.at,
      allowWeak: policy.allowSoftware === true,
      // Leaves are dated by the device itself; keyboxes of old devices expired and cannot be renewed; RKP is renewed every few weeks.
      dates: (_, index) => ({ notBefore: index > 0, notAfter: index > 0 && provisioning.method !== 'factory' }),
    },
    host,
  );
  const where = (names: readonly string[], fallback: string): string =>
    faults.find(({ reason }) => names.includes(reason))?.detail ?? fallback;
  const has = (reason: string): boolean => faults.some((fault) => fault.reason === reason);
  checks.check(
    'K2.anchor',
    !has('no-trust-anchor'),
    where(['no-trust-anchor'], anchor === null ? '' : nameText(anchor.subjectDer)),
    isSoftware ? 'software-root' : 'no-trust-anchor',
  );
  for (const reason of ['wrong-issuer', 'bad-signature'] as const)
    checks.check(`K3.${reason}`, !has(reason), where([reason], 'each is signed by the next'), reason);
  for (const reason of ['certificate-not-yet-valid', 'certificate-expired'] as const)
    checks.check(`K4.${reason}`, !has(reason), where([reason], new Date(policy.at).toISOString()), reason);
  checks.check(
    'K6.length',
    provisioning.rightLength,
    `${chain.length} certificates, provisioned: ${provisioning.method}`,
    'forged-path',
  );
  checks.check(
    'K6.method',
    provisioning.method !== 'unknown' && (provisioning.method !== 'software' || policy.allowSoftware === true),
    provisioning.method,
    provisioning.method === 'software' ? 'software-root' : 'unknown-provisioning',
  );
  const authority = ['not-an-authority', 'path-too-long', 'unknown-critical-extension', 'chain-too-long'];
  const fault = faults.find(({ reason }) => authority.includes(reason));
  checks.check('K6.authorities', fault === undefined, fault?.detail ?? 'each may sign', fault?.reason ?? '');
  checks.check('K17.strength', !has('weak-algorithm'), where(['weak-algorithm'], 'keys and hashes'), 'weak-algorithm');
  return { provisioning };
}

/** Check K7: no certificate of the chain is on Google's list, and the list is at hand and fresh. */
export function checkRevocation(chain: readonly Certificate[], policy: KeyAttestationPolicy, checks: CheckList): void {
  const { revocations } = policy;
  if (
    !checks.check(
      'K7.list',
      revocations !== null,
      revocations === null ? 'there is no list' : 'there is a list',
      'revocation-list-missing',
    )
  )
    return;
  if (revocations === null) return;
  const age = policy.at - revocations.fetchedAt;
  checks.check(
    'K7.fresh',
    age <= MAX_LIST_AGE_MS && age >= -MAX_LIST_AGE_MS,
    `fetched ${new Date(revocations.fetchedAt).toISOString()}`,
    'revocation-list-stale',
  );
  const found = chain.flatMap((certificate) => {
    const entry = revocationOf(revocations.list, certificate.serialNumber);
    return entry === null ? [] : [{ ...entry, serial: toHex(certificate.serialNumber) }];
  });
  const [worst = null] = found.toSorted((a, b) => (a.status < b.status ? -1 : 1));
  checks.check(
    'K7.serials',
    worst === null,
    worst === null ? `none of ${chain.length} is listed` : `${worst.serial}: ${worst.status}, ${worst.reason}`,
    worst?.status === 'SUSPENDED' ? 'suspended' : 'revoked',
  );
}
