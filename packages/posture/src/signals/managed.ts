import type { Observation } from '@vedette/contracts';
import { type Cell, readBoolean } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import type { Answer } from '../question.ts';

/** Payloads by which a profile sees or redirects traffic (Apple, device management: profile-specific payload keys). */
const INTERCEPTING =
  /com\.apple\.(?:mdm|vpn\.managed|vpn\.managed\.applayer|proxy\.http\.global|webcontent-filter|dnsSettings\.managed|dnsProxy\.managed|relay\.managed|apn\.managed|cellular|security\.(?:root|pem|pkcs1))\b/;

/** `os.profiles`: configuration profiles that management did not install. */
export const PROFILES: Cell = {
  id: 'os.profiles',
  platforms: ['ios'],
  questions: [
    { keys: ['ios.profile.unmanaged', 'ios.profile.count', 'ios.profile.unstated'], signs: true, read: readProfile },
  ],
};

function readProfile({ key, value }: Observation, view: EvidenceView): Answer | null {
  if (key === 'ios.profile.unstated') return null;
  if (key === 'ios.profile.count') {
    if (!/^\d{1,4}$/.test(value)) return null;
    return { status: 'ok', text: value === '0' ? 'none' : `${value}, from management` };
  }
  const name = value.slice(0, 100);
  const intercepts = INTERCEPTING.test(value);
  // One bad sign decides; what it is worth is the worst among them.
  const worst = intercepts || view.usable(key).some((other) => INTERCEPTING.test(other.value));
  return {
    status: 'bad',
    text: name,
    reason: worst
      ? 'A profile that management did not install can see or redirect traffic.'
      : 'There is a profile that management did not install.',
    rule: intercepts ? 'device.profile.intercepts' : 'device.profile.unmanaged',
  };
}

/** `network.user-ca`: root certificates that somebody added to those of the system. */
export const USER_CA: Cell = {
  id: 'network.user-ca',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['agent.user_ca', 'ios.added-root', 'agent.user_ca.count', 'ios.added-root.count'],
      signs: true,
      read: readRoot,
    },
  ],
};

function readRoot({ key, value }: Observation, view: EvidenceView): Answer | null {
  const managed = readBoolean(view.usable('ios.managed-roots')[0]?.value ?? '') === true;
  const brought = key.startsWith('ios.') && managed;
  if (key.endsWith('.count')) {
    if (value === '0') return { status: 'ok', text: 'none' };
    return brought && /^\d{1,4}$/.test(value) ? { status: 'ok', text: `${value}, from management` } : null;
  }
  if (brought) return null;
  const name = value.slice(0, 100);
  return { status: 'bad', text: name, reason: `“${name}” was added as a root.`, rule: 'device.network.user-ca' };
}

/** `agent.management`: whether management finds that the device follows its policy. */
export const MANAGEMENT: Cell = {
  id: 'agent.management',
  platforms: ['android'],
  questions: [
    {
      keys: ['management.compliant'],
      read: ({ value }, view) => {
        const compliant = readBoolean(value);
        if (compliant === null) return null;
        if (compliant) return { status: 'ok', text: 'compliant' };
        const broken = view.usable('management.violation').map((violation) => violation.value);
        return {
          status: 'bad',
          text: broken.length === 0 ? 'not compliant' : broken.slice(0, 3).join(', ').slice(0, 200),
          reason: 'Management says that the device does not follow its policy.',
          rule: 'device.management.non-compliant',
        };
      },
    },
  ],
};

/** `apps.cloud-backup`: whether apps are backed up to the maker's cloud. That is the holder's own business on a device of their own. */
export const CLOUD_BACKUP: Cell = {
  id: 'apps.cloud-backup',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['backup.enabled', 'ios.cloud-backup'],
      artefacts: ['backup'],
      read: ({ value }, view) => {
        const on = readBoolean(value);
        if (on === null) return null;
        if (!on) return { status: 'ok', text: 'off' };
        const company =
          readBoolean(view.usable('ios.supervised')[0]?.value ?? '') === true ||
          view.usable('device-policy.device-owner').length > 0;
        if (!company) return { status: 'ok', text: 'on' };
        return {
          status: 'bad',
          text: 'on, on a company device',
          reason: 'A device of the organisation is backed up to a private cloud.',
          rule: 'device.backup.cloud',
        };
      },
    },
  ],
};
