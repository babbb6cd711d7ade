import type { Finding, Observation } from '@vedette/contracts';
import { contradictionFinding } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import { parsePatchLevel } from './patch-level.ts';

/**
 * Statements about different things that exclude each other. A verified boot with an unlocked bootloader does not exist
 * (Android Verified Boot shows orange then): somebody changed one of the two properties.
 */
export function judgeConsistency(view: EvidenceView): Finding[] {
  const findings: Finding[] = [];
  const green = first(view, 'getprop.ro.boot.verifiedbootstate', (value) => value === 'green');
  const unlocked =
    first(view, 'getprop.ro.boot.vbmeta.device_state', (value) => value === 'unlocked') ??
    first(view, 'getprop.ro.boot.flash.locked', (value) => value === '0');
  if (green !== null && unlocked !== null) {
    findings.push(
      contradictionFinding(
        green,
        unlocked,
        'A boot shown as verified needs a locked bootloader; one of the two was made up.',
      ),
    );
  }
  const release = first(view, 'getprop.ro.build.tags', (value) => value.includes('release-keys'));
  const fingerprint = first(view, 'getprop.ro.build.fingerprint', (value) =>
    /:(?:userdebug|eng)\/|\/(?:test|dev)-keys$/.test(value),
  );
  if (release !== null && fingerprint !== null) {
    findings.push(
      contradictionFinding(
        release,
        fingerprint,
        'The fingerprint of the build names other keys or another type than the build tags.',
      ),
    );
  }
  const attested = view.usable('attestation.patch-level')[0] ?? null;
  const reported =
    view.usable('getprop.ro.build.version.security_patch')[0] ?? view.usable('agent.patch_level')[0] ?? null;
  if (attested !== null && reported !== null && monthOf(attested.value) !== monthOf(reported.value)) {
    findings.push(
      contradictionFinding(
        attested,
        reported,
        'The system reports another patch level than the one it was attested with.',
      ),
    );
  }
  const attestedVersion = view.usable('attestation.os-version')[0] ?? null;
  const reportedVersion =
    REPORTED_VERSIONS.map((key) => view.usable(key)[0]).find((found) => found !== undefined) ?? null;
  if (
    attestedVersion !== null &&
    reportedVersion !== null &&
    !sameVersion(attestedVersion.value, reportedVersion.value)
  ) {
    findings.push(
      contradictionFinding(
        attestedVersion,
        reportedVersion,
        'The system reports another version than the one it was attested with.',
      ),
    );
  }
  return findings;
}

const REPORTED_VERSIONS = ['getprop.ro.build.version.release', 'agent.os_version', 'ios.version'] as const;

/** Whether two versions agree as far as both are stated: hardware writes 16.0.0 where the system writes 16. */
function sameVersion(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => text.trim().split('.'));
  return (left ?? []).every((part, index) => right?.[index] === undefined || Number(part) === Number(right[index]));
}

/** Key attestation knows the month only (tag 706, `YYYYMM`). */
function monthOf(text: string): string {
  return parsePatchLevel(text.trim())?.slice(0, 7) ?? text;
}

function first(view: EvidenceView, key: string, accept: (value: string) => boolean): Observation | null {
  return view.usable(key).find((observation) => accept(observation.value.trim().toLowerCase())) ?? null;
}
