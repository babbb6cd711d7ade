import type { Observation } from '@vedette/contracts';
import type { Cell } from '../cell.ts';
import { readBoolean } from '../cell.ts';
import {
  ANDROID_SUPPORT,
  compareVersions,
  findRelease,
  IOS_SUPPORT,
  SUPPORT_TABLE_VALID_DAYS,
} from '../data/os-support.ts';
import type { EvidenceView } from '../evidence-view.ts';
import type { Answer } from '../question.ts';
import { daysBetween, monthsOrDays, parsePatchLevel, patchAgeSeverity } from './patch-level.ts';

/** `os.version`: whether the version still gets security updates, by a dated table; a version it does not list is unknown. */
export const OS_VERSION: Cell = {
  id: 'os.version',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['attestation.os-version', 'getprop.ro.build.version.release', 'agent.os_version'],
      artefacts: ['getprop'],
      read: (observation, view) =>
        view.platform === 'android' ? readVersion(observation.value, 'Android', view) : null,
    },
    { keys: ['ios.version'], read: (observation, view) => readVersion(observation.value, 'iOS', view) },
  ],
};

function readVersion(value: string, name: 'Android' | 'iOS', view: EvidenceView): Answer | null {
  const table = name === 'Android' ? ANDROID_SUPPORT : IOS_SUPPORT;
  const release = findRelease(table, value.trim());
  if (release === null) return null;
  const ended = release.securityUpdatesEnded;
  const text = `${name} ${value.trim()}`;
  if (ended !== null && daysBetween(ended, view.context.now) >= 0) {
    return {
      status: 'bad',
      text: `${text} (support ended ${ended})`,
      reason: `Security updates for ${name} ${release.version} ended on ${ended}.`,
      rule: 'device.os.unsupported',
    };
  }
  // A table from long ago cannot know what ended since.
  if (ended === null && daysBetween(table.asOf, view.context.now) > SUPPORT_TABLE_VALID_DAYS) return null;
  return { status: 'ok', text };
}

/**
 * `os.patch-level`. Android: age of the patch level against `maxPatchAgeDays`; a level that is no date, or lies more than a
 * month ahead, is bad by itself. iOS has no patch level: there, how long a newer release of the same branch has been out.
 */
export const PATCH_LEVEL: Cell = {
  id: 'os.patch-level',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['attestation.patch-level', 'getprop.ro.build.version.security_patch', 'agent.patch_level'],
      artefacts: ['getprop'],
      read: readPatchLevel,
    },
    { keys: ['ios.version'], read: (observation, view) => readAvailableUpdate(observation.value.trim(), view) },
  ],
};

/** Vendors ship a level up to a month before its date. */
const AHEAD_DAYS = 31;

function readPatchLevel(observation: Observation, view: EvidenceView): Answer {
  const text = observation.value.trim();
  const level = parsePatchLevel(text);
  if (level === null) {
    return {
      status: 'bad',
      text: `“${text}” (not a date)`,
      reason: `The patch level “${text}” is not a date of the calendar.`,
      rule: 'device.patch-level.unparseable',
    };
  }
  const days = daysBetween(level, view.context.now);
  if (days < -AHEAD_DAYS) {
    return {
      status: 'bad',
      text: `${text} (in the future)`,
      reason: `The patch level ${text} lies ${-days} days in the future.`,
      rule: 'device.patch-level.future',
    };
  }
  const age = `${text} (${monthsOrDays(Math.max(0, days))} old)`;
  if (days <= view.context.maxPatchAgeDays) return { status: 'ok', text: age };
  return {
    status: 'bad',
    text: age,
    reason: `The patch level is ${days} days old; ${view.context.maxPatchAgeDays} are allowed.`,
    rule: 'device.patch-level.old',
    severity: patchAgeSeverity(days),
  };
}

function readAvailableUpdate(version: string, view: EvidenceView): Answer | null {
  const latest = findRelease(IOS_SUPPORT, version)?.latest;
  if (latest === undefined || !/^\d+(?:\.\d+)*$/.test(version)) return null;
  if (compareVersions(version, latest.version) >= 0) {
    // Nothing newer is known; that is worth as much as the table is young.
    if (daysBetween(IOS_SUPPORT.asOf, view.context.now) > view.context.maxPatchAgeDays) return null;
    return { status: 'ok', text: `${version} (no newer release known on ${IOS_SUPPORT.asOf})` };
  }
  const days = daysBetween(latest.releasedOn, view.context.now);
  const text = `${version} (${latest.version} is out since ${latest.releasedOn})`;
  if (days <= view.context.maxPatchAgeDays) return { status: 'ok', text };
  return {
    status: 'bad',
    text,
    reason: `The update ${latest.version} has been available for ${days} days; ${view.context.maxPatchAgeDays} are allowed.`,
    rule: 'device.update.available',
    severity: patchAgeSeverity(days),
  };
}

/** `storage.encryption`. */
export const ENCRYPTION: Cell = {
  id: 'storage.encryption',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: [
        'getprop.ro.crypto.state',
        'agent.storage_encryption',
        'ios.data-protection',
        'ios.hardware-encryption-caps',
      ],
      artefacts: ['getprop'],
      read: ({ key, value }) => readEncryption(key, value.trim().toLowerCase()),
    },
  ],
};

function readEncryption(key: string, value: string): Answer | null {
  const bad: Answer = {
    status: 'bad',
    text: 'not encrypted',
    reason: `The device says that its storage is not encrypted (${value}).`,
    rule: 'device.storage.unencrypted',
  };
  const ok: Answer = { status: 'ok', text: 'encrypted' };
  // Apple: 1 block-level, 2 file-level, 3 both. Whether it protects anything depends on the passcode, which is its own signal.
  if (key === 'ios.hardware-encryption-caps') return value === '3' ? ok : value === '0' ? bad : null;
  if (['encrypted', 'active', 'per-user', 'active_per_user', 'default-key', 'active_default_key'].includes(value))
    return ok;
  if (['unencrypted', 'inactive', 'unsupported'].includes(value)) return bad;
  const stated = readBoolean(value);
  return stated === null ? null : stated ? ok : bad;
}
