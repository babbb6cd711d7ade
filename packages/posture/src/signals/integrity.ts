import type { Observation } from '@vedette/contracts';
import { type Cell, readBoolean } from '../cell.ts';
import type { Answer } from '../question.ts';
import type { RuleId } from '../rules.ts';

const BOOT_STATES: Readonly<Record<string, string>> = {
  // Android Verified Boot: what the boot screen shows.
  green: '',
  verified: '',
  yellow: 'The system was signed with a key somebody put into the device, not the manufacturer’s.',
  self_signed: 'The system was signed with a key somebody put into the device, not the manufacturer’s.',
  orange: 'The bootloader is unlocked; nobody checked the system that runs.',
  unverified: 'The bootloader is unlocked; nobody checked the system that runs.',
  red: 'The system that runs failed the check of verified boot.',
  failed: 'The system that runs failed the check of verified boot.',
};

/** `integrity.verified-boot`: the state verified boot reports, and whether dm-verity keeps enforcing it. */
export const VERIFIED_BOOT: Cell = {
  id: 'integrity.verified-boot',
  platforms: ['android'],
  questions: [
    {
      keys: ['attestation.boot-state', 'getprop.ro.boot.verifiedbootstate', 'cmdline.androidboot.verifiedbootstate'],
      artefacts: ['getprop'],
      read: readBootState,
    },
  ],
  extra: [
    {
      keys: ['getprop.ro.boot.veritymode'],
      read: ({ value }) => {
        const mode = value.trim().toLowerCase();
        if (mode === 'enforcing' || mode === 'eio' || mode === 'panicking')
          return { status: 'ok', text: `verity ${mode}` };
        return bad(`verity ${mode}`, `dm-verity is in mode “${mode}”, not enforcing.`, 'device.verity');
      },
    },
  ],
};

function readBootState({ value }: Observation): Answer | null {
  const state = value.trim().toLowerCase();
  if (!Object.hasOwn(BOOT_STATES, state)) return null;
  const reason = BOOT_STATES[state] ?? '';
  return reason === '' ? { status: 'ok', text: state } : bad(state, reason, 'device.verified-boot');
}

/** `integrity.bootloader`: locked or not, by each property that says so. */
export const BOOTLOADER: Cell = {
  id: 'integrity.bootloader',
  platforms: ['android'],
  questions: [
    {
      keys: [
        'attestation.device-locked',
        'getprop.ro.boot.flash.locked',
        'getprop.ro.boot.vbmeta.device_state',
        'cmdline.androidboot.vbmeta.device_state',
        'agent.bootloader_locked',
      ],
      artefacts: ['getprop'],
      read: ({ value }) => {
        const text = value.trim().toLowerCase();
        const locked = text === 'locked' ? true : text === 'unlocked' ? false : readBoolean(text);
        if (locked === null) return null;
        if (locked) return { status: 'ok', text: 'locked' };
        return bad('unlocked', 'The bootloader says that it is unlocked.', 'device.bootloader.unlocked');
      },
    },
  ],
};

/** `integrity.build`: signing keys and type must be known for `ok`; each property that is wrong is a finding of its own. */
export const BUILD: Cell = {
  id: 'integrity.build',
  platforms: ['android'],
  all: true,
  questions: [
    {
      keys: ['getprop.ro.build.tags', 'agent.build_tags'],
      artefacts: ['getprop'],
      read: ({ value }) => {
        const tags = value
          .toLowerCase()
          .split(',')
          .map((tag) => tag.trim());
        const wrong = tags.find((tag) => tag === 'test-keys' || tag === 'dev-keys');
        if (wrong !== undefined) return bad(wrong, `The build is signed with ${wrong}.`, 'device.build.test-keys');
        return tags.includes('release-keys') ? { status: 'ok', text: 'release-keys' } : null;
      },
    },
    {
      keys: ['getprop.ro.build.type', 'agent.build_type'],
      artefacts: ['getprop'],
      read: ({ value }) => {
        const type = value.trim().toLowerCase();
        if (type === 'user') return { status: 'ok', text: 'user build' };
        return type === 'userdebug' || type === 'eng'
          ? bad(`${type} build`, `The build is of type ${type}.`, 'device.build.type')
          : null;
      },
    },
  ],
  extra: [
    {
      keys: ['getprop.ro.debuggable'],
      read: ({ value }) =>
        value.trim() === '1'
          ? bad('debuggable', 'ro.debuggable is 1.', 'device.build.debuggable')
          : { status: 'ok', text: '' },
    },
    {
      keys: ['getprop.ro.secure'],
      read: ({ value }) =>
        value.trim() === '0' ? bad('insecure', 'ro.secure is 0.', 'device.build.insecure') : { status: 'ok', text: '' },
    },
  ],
};

/** `integrity.selinux`. */
export const SELINUX: Cell = {
  id: 'integrity.selinux',
  platforms: ['android'],
  questions: [
    {
      keys: ['selinux.mode'],
      artefacts: ['selinux'],
      read: ({ value }) => {
        const mode = value.trim().toLowerCase();
        if (mode === 'enforcing') return { status: 'ok', text: 'enforcing' };
        return mode === 'permissive' || mode === 'disabled' ? bad(mode, `SELinux is ${mode}.`, 'device.selinux') : null;
      },
    },
  ],
};

/** `integrity.system-mounts`. */
export const SYSTEM_MOUNTS: Cell = {
  id: 'integrity.system-mounts',
  platforms: ['android'],
  questions: [
    {
      keys: ['mount.writable-system', 'mount.writable-system.count'],
      artefacts: ['mounts'],
      signs: true,
      read: (observation) =>
        readSign(observation, 'mount.writable-system', {
          none: 'read-only',
          some: 'writable',
          reason: 'A system partition is mounted writable.',
          rule: 'device.mount.writable-system',
        }),
    },
  ],
};

/** `integrity.planted-files`. */
export const PLANTED_FILES: Cell = {
  id: 'integrity.planted-files',
  platforms: ['android'],
  questions: [
    {
      keys: ['file.temporary-executable', 'file.temporary-executable.count'],
      artefacts: ['files'],
      signs: true,
      read: (observation) =>
        readSign(observation, 'file.temporary-executable', {
          none: 'none',
          some: 'programs in /data/local/tmp',
          reason: 'There is a program in /data/local/tmp.',
          rule: 'device.planted-file',
        }),
    },
  ],
  extra: [
    {
      keys: ['process.temporary-executable'],
      signs: true,
      read: ({ value }) => bad(`running: ${value}`, 'A program in /data/local/tmp is running.', 'device.planted-file'),
    },
  ],
};

/** What a sign and its `.count` mean: a count of 0 is evidence of absence, any other number of presence. */
export interface SignMeaning {
  readonly none: string;
  readonly some: string;
  readonly reason: string;
  readonly rule: RuleId;
}

/** Reads a sign or its count. */
export function readSign({ key, value }: Observation, sign: string, meaning: SignMeaning): Answer | null {
  if (key === sign) return bad(meaning.some, meaning.reason, meaning.rule);
  if (!/^\d{1,9}$/.test(value.trim())) return null;
  return Number(value) === 0 ? { status: 'ok', text: meaning.none } : bad(meaning.some, meaning.reason, meaning.rule);
}

function bad(text: string, reason: string, rule: RuleId): Answer {
  return { status: 'bad', text, reason, rule };
}
