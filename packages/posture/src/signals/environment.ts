import { type Cell, readBoolean } from '../cell.ts';
import type { Answer } from '../question.ts';

/** Names of the boards that emulators are (Android Emulator, VirtualBox, Genymotion, Nox, Windows' subsystem). */
const VIRTUAL_HARDWARE = /^(?:goldfish|ranchu|vbox86|nox|ttvm_x86|cuttlefish|cutf_cvm|windows|redroid|x86)$/i;
const VIRTUAL_BUILD =
  /^(?:generic|generic_x86(?:_64)?|google\/sdk_g|android\/sdk|unknown)\b|[/_]sdk_gphone|vbox86p|emulator(?:64)?_|redroid/i;

/** `integrity.emulator`: whether the phone is a program on a computer, by what the system says of the board it runs on. */
export const EMULATOR: Cell = {
  id: 'integrity.emulator',
  platforms: ['android'],
  questions: [
    {
      keys: [
        'agent.emulator',
        'getprop.ro.kernel.qemu',
        'getprop.ro.boot.qemu',
        'getprop.ro.hardware',
        'getprop.ro.build.fingerprint',
      ],
      artefacts: ['getprop'],
      signs: true,
      read: ({ key, value }) => readBoard(key, value.trim()),
    },
  ],
};

function readBoard(key: string, value: string): Answer | null {
  const is = (text: string): Answer => ({
    status: 'bad',
    text: text.slice(0, 100),
    reason: `The system says that it runs in an emulator (${text.slice(0, 100)}).`,
    rule: 'device.emulator',
  });
  switch (key) {
    case 'agent.emulator':
      return value === '' ? null : is(value);
    case 'getprop.ro.hardware':
      return VIRTUAL_HARDWARE.test(value) ? is(value) : null;
    case 'getprop.ro.build.fingerprint':
      // The one property that every build has: without a sign in it the system claims to be a device.
      if (value.split('/').length < 4) return null;
      return VIRTUAL_BUILD.test(value) ? is(value) : { status: 'ok', text: 'a device' };
    default:
      return value === '1' ? is(`${key.slice('getprop.'.length)}=1`) : null;
  }
}

/** Beyond this, in seconds, one-time passwords fail and logs cannot be joined. */
const MAX_SKEW = 300;

/** `os.clock`: how far the clock of the device was from that of whoever asked. */
export const CLOCK: Cell = {
  id: 'os.clock',
  platforms: ['android'],
  questions: [
    {
      keys: ['clock.skew'],
      read: ({ value }) => {
        if (!/^-?\d{1,12}$/.test(value)) return null;
        const seconds = Number(value);
        const size = Math.abs(seconds);
        if (size <= MAX_SKEW) return { status: 'ok', text: 'right' };
        const text = `${spell(size)} ${seconds < 0 ? 'behind' : 'ahead'}`;
        return { status: 'bad', text, reason: `The clock is ${text}.`, rule: 'device.clock' };
      },
    },
  ],
};

function spell(seconds: number): string {
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} hours` : `${Math.round(seconds / 86_400)} days`;
}

/** `os.hardened-mode`: Android's Advanced Protection, Apple's Lockdown Mode. Few people need it: that it is off is no fault. */
export const HARDENED_MODE: Cell = {
  id: 'os.hardened-mode',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['settings.secure.advanced_protection_mode', 'agent.advanced_protection', 'ios.lockdown-mode'],
      artefacts: ['settings.secure'],
      read: ({ key, value }) => {
        const on = readBoolean(value);
        if (on === null) return null;
        const what = key === 'ios.lockdown-mode' ? 'Lockdown Mode' : 'Advanced Protection';
        return { status: 'ok', text: `${what} ${on ? 'on' : 'off'}` };
      },
    },
  ],
};
