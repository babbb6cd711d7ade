import type { AttestationStanding, DeviceAttestation, StatementKind } from '@vedette/contracts';
import type { Look } from '@vedette/ui';
import { CircleCheck, CircleDashed, CircleHelp, Clock, TriangleAlert } from 'lucide-react';

/** How a device stands by what hardware said of it. Nothing but a grade is green. */
export const STANDING_LOOK: Readonly<Record<AttestationStanding, Look>> = {
  strongbox: { tone: 'ok', icon: CircleCheck, word: 'StrongBox' },
  'secure-enclave': { tone: 'ok', icon: CircleCheck, word: 'Secure Enclave' },
  'trusted-environment': { tone: 'ok', icon: CircleCheck, word: 'Trusted environment' },
  platform: { tone: 'low', icon: CircleCheck, word: 'Google Play' },
  refused: { tone: 'high', icon: TriangleAlert, word: 'Refused' },
  stale: { tone: 'unknown', icon: Clock, word: 'Old' },
  none: { tone: 'neutral', icon: CircleDashed, word: 'None' },
};
export const NOT_JUDGED_LOOK: Look = { tone: 'unknown', icon: CircleHelp, word: 'Not judged' };

/** Who vouches, in a sentence for a person. */
export const STANDING_SENTENCE: Readonly<Record<AttestationStanding, string>> = {
  strongbox: 'A chip of its own inside the device vouches for it',
  'secure-enclave': 'Apple’s Secure Enclave vouches for it',
  'trusted-environment': 'The trusted part of its processor vouches for it',
  platform: 'Google Play vouches for it, by what it saw of the device',
  refused: 'The proof that it gave of itself did not hold',
  stale: 'The last proof that it gave of itself is too old',
  none: 'Nothing vouches for this device',
};

export const KIND_WORDS: Readonly<Record<StatementKind, string>> = {
  'key-attestation': 'Android key attestation',
  'play-integrity': 'Play Integrity',
  'app-attest': 'App Attest, a new key',
  'app-attest-assertion': 'App Attest, signed by its key',
  'managed-device': 'Managed device attestation',
};

export const PROVISIONING_WORDS: Readonly<Record<string, string>> = {
  factory: 'put in at the factory, shared by many devices',
  remote: 'certified remotely, for this device alone',
  software: 'made by software',
  unknown: 'unknown',
};

/** What a refusal means, by its reason. */
const REASONS: Readonly<Record<string, string>> = {
  revoked: 'The key that signed is on Google’s list of revoked keys: it is known to be stolen.',
  suspended: 'The key that signed is suspended on Google’s list.',
  'revocation-list-missing': 'The server has no list of revoked keys, so it takes no key at its word.',
  'revocation-list-stale': 'The server’s list of revoked keys is older than a day.',
  'not-set-up': 'The server is not set up to judge statements of this kind (Settings, Attestation).',
  'bootloader-unlocked': 'The bootloader is unlocked.',
  'boot-unverified': 'Nobody checked the system that booted.',
  'boot-self-signed': 'The system was signed with a key that is not on the organisation’s list.',
  'boot-failed': 'The system that booted failed its check.',
  'boot-key-missing': 'The statement names no key of verified boot.',
  'root-of-trust-missing': 'The statement does not say how the device booted.',
  'root-of-trust-not-hardware': 'How the device booted is stated by software, which anybody can change.',
  'patch-level-old': 'The patch level is older than the organisation allows.',
  'patch-level-rolled-back': 'The patch level is older than the one of the last statement: the system was set back.',
  'challenge-mismatch': 'It answers another question than the one that was asked: a copy, or an old statement.',
  'nonce-mismatch': 'It answers another question than the one that was asked.',
  'nonce-missing': 'It does not say which question it answers.',
  stale: 'It is an older statement that Apple gave again; a new one is made once in seven days.',
  'key-not-agents': 'It is about another key than the one that enrols.',
  'key-not-attested': 'No key of this device was attested before.',
  'key-not-generated': 'The key was not made inside the hardware.',
  'key-mismatch': 'It is about another key.',
  'key-id-mismatch': 'It is about another key than the one that was named.',
  'counter-not-greater': 'Its counter did not rise: it was used before, or the key was copied.',
  'counter-not-zero': 'A new key must begin at zero.',
  'counter-unknown': 'No counter is known to compare with.',
  'software-level': 'It was made by software, not by hardware.',
  'software-root': 'It ends at a root for software, not for hardware.',
  'level-mismatch': 'Key and statement come from different kinds of hardware.',
  'level-not-certified': 'The certificate is for another kind of hardware than the one that it names.',
  'no-trust-anchor': 'It ends at a root that nobody here trusts.',
  'no-root': 'The chain of certificates has no root.',
  'wrong-issuer': 'A certificate names another issuer than the one above it.',
  'bad-signature': 'A signature does not hold.',
  'forged-path': 'A certificate stands in the chain that nobody certified to be there.',
  'chain-extended': 'A described key signed further certificates: a known way of forging.',
  'fake-extension': 'A description stands where only a forger puts it.',
  'extension-missing': 'It describes no key.',
  'chain-too-short': 'The chain of certificates is too short.',
  'certificate-expired': 'A certificate has expired.',
  'certificate-not-yet-valid': 'A certificate is not valid yet.',
  'weak-algorithm': 'It is signed with an algorithm that is too weak.',
  'unknown-provisioning': 'Nobody can say how its key came to be.',
  'application-mismatch': 'Another app than the organisation’s agent asked for it.',
  'application-missing': 'It does not say which app asked for it.',
  'application-unsigned': 'It does not say who signed the app that asked for it.',
  'application-shared': 'Several apps share the identity that asked for it.',
  'app-mismatch': 'It is about another app than the organisation’s.',
  'package-mismatch': 'Another app than the organisation’s asked for it.',
  'app-package-mismatch': 'It is about another app than the one that asked.',
  'app-not-recognized': 'Google Play does not know this copy of the app.',
  'app-access-risk': 'An app on the device can see or control the screen.',
  'device-integrity': 'Google Play does not vouch for the device as far as is asked for.',
  'play-protect': 'Play Protect is off, or found something.',
  'testing-response': 'It is an answer of Google Play’s test mode.',
  'timestamp-old': 'It is too old.',
  'timestamp-future': 'It is dated in the future.',
  'device-mismatch': 'It is about another device than the one that enrolled.',
  'version-mismatch': 'It states another version of the system than the device reports.',
  'version-old': 'The app is older than the organisation allows.',
  'wrong-environment': 'It is from an environment that is not allowed, as development.',
  unreadable: 'It cannot be read: it is damaged, or no statement of this kind.',
};

/** What a reason means; one that has no words here is shown as it is. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? `${reason.replaceAll('-', ' ')}.`;
}

/** Subjects of the chain from the root down; where it has none of its own the root is what the server holds. */
export function chainOf({ fields }: Pick<DeviceAttestation, 'fields'>): string[] {
  const chain = fields['chain'];
  if (!Array.isArray(chain)) return [];
  return chain
    .flatMap((one: unknown) =>
      typeof one === 'object' && one !== null && 'subject' in one && typeof one.subject === 'string'
        ? [one.subject]
        : [],
    )
    .toReversed();
}

/** Whether a statement was refused for a lack of the server's own alone. */
export function isServersLack({ accepted, reasons }: Pick<DeviceAttestation, 'accepted' | 'reasons'>): boolean {
  const own = ['revocation-list-missing', 'revocation-list-stale', 'not-set-up'];
  return !accepted && reasons.every((reason) => own.includes(reason));
}
