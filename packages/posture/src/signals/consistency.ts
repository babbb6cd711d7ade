import type { Finding, Observation } from '@vedette/contracts';
import { contradictionFinding } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';

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
  return findings;
}

function first(view: EvidenceView, key: string, accept: (value: string) => boolean): Observation | null {
  return view.usable(key).find((observation) => accept(observation.value.trim().toLowerCase())) ?? null;
}
