import type { Observation } from '@vedette/contracts';
import { type Cell, readBoolean } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import type { Answer } from '../question.ts';
import { listOf } from './apps.ts';
import { OVER_USB } from './developer.ts';

/** `developer.trusted-hosts`: computers whose keys the device accepts for debugging. A check over USB is one of them itself. */
export const TRUSTED_HOSTS: Cell = {
  id: 'developer.trusted-hosts',
  platforms: ['android'],
  questions: [{ keys: ['adb.trusted-host.count'], artefacts: ['adb'], read: readHosts }],
};

function readHosts({ value, source }: Observation, view: EvidenceView): Answer | null {
  if (!/^\d{1,4}$/.test(value)) return null;
  const count = Number(value);
  if (count === 0) return { status: 'ok', text: 'none' };
  if (count === 1 && OVER_USB.has(source)) return { status: 'ok', text: '1, for this check' };
  const names = view.usable('adb.trusted-host').map((host) => host.value);
  const text = `${count}${names.length === 0 ? '' : `: ${listOf(names)}`}`;
  const reason = `${count === 1 ? 'A computer' : `${count} computers`} may debug the device without asking.`;
  return { status: 'bad', text, reason, rule: 'device.developer.trusted-hosts' };
}

/** Agents that come with the system or its services: Smart Lock, which the holder sets up, and its like. */
const KNOWN_AGENTS: ReadonlySet<string> = new Set([
  'com.google.android.gms',
  'com.google.android.apps.wearables.maestro.companion',
  'com.samsung.android.app.watchmanagerstub',
  'com.samsung.android.smartface',
  'com.samsung.android.smartlock',
  'com.android.car.trust',
  'com.google.android.companiondevicesupport',
  'com.android.companiondevicemanager',
]);

/** `lock.trust-agents`: apps that may tell the system to stay unlocked (Smart Lock, a watch, a car). */
export const TRUST_AGENTS: Cell = {
  id: 'lock.trust-agents',
  platforms: ['android'],
  questions: [
    {
      keys: ['trust.agent', 'trust.agent.count'],
      artefacts: ['trust'],
      signs: true,
      read: readAgent,
    },
  ],
};

function readAgent({ key, value }: Observation, view: EvidenceView): Answer | null {
  if (key === 'trust.agent.count') {
    // A number without the names says nothing about who they are.
    const named = view.usable('trust.agent').length;
    return /^\d{1,3}$/.test(value) && Number(value) === named ? { status: 'ok', text: agentsText(view) } : null;
  }
  const app = value.split('/')[0] ?? value;
  if (KNOWN_AGENTS.has(app) || view.app(app)?.system === true) return null;
  return {
    status: 'bad',
    text: app.slice(0, 100),
    reason: `${app.slice(0, 100)} may keep the device unlocked.`,
    rule: 'device.lock.trust-agent',
  };
}

function agentsText(view: EvidenceView): string {
  const agents = view.usable('trust.agent').map(({ value }) => value.split('/')[0] ?? value);
  return agents.length === 0 ? 'none' : `${agents.length}: ${listOf(agents)}`;
}

const SHARING: ReadonlyMap<string, string> = new Map([
  ['ptp', 'shares its pictures'],
  ['mass_storage', 'shares its storage'],
  ['rndis', 'shares its network'],
  ['ncm', 'shares its network'],
]);

/**
 * `developer.usb-mode`: what the device offers to the other end of a cable. `mtp` alone is also what a phone says that only
 * charges (AOSP UsbDeviceManager.getChargingFunctions), and files are read after unlocking only; beside `adb` it was chosen.
 */
export const USB_MODE: Cell = {
  id: 'developer.usb-mode',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['getprop.sys.usb.state', 'agent.usb_mode', 'ios.usb-restricted'],
      artefacts: ['getprop'],
      read: ({ key, value }) => (key === 'ios.usb-restricted' ? readRestricted(value) : readFunctions(value)),
    },
  ],
};

function readFunctions(value: string): Answer | null {
  const functions = value.trim().toLowerCase().split(',');
  if (!functions.every((name) => /^[a-z_]{1,20}$/.test(name))) return null;
  const shared = functions.find((name) => SHARING.has(name)) ?? null;
  const files = functions.includes('mtp') && functions.includes('adb');
  const what = shared === null ? (files ? 'shares its files' : null) : (SHARING.get(shared) ?? null);
  const text = functions.join(', ');
  if (what === null) return { status: 'ok', text: text === 'mtp' ? 'charging, or files once unlocked' : text };
  return { status: 'bad', text, reason: `The device ${what} over USB.`, rule: 'device.developer.usb-data' };
}

function readRestricted(value: string): Answer | null {
  const restricted = readBoolean(value);
  if (restricted === null) return null;
  if (restricted) return { status: 'ok', text: 'closed while locked' };
  return {
    status: 'bad',
    text: 'open while locked',
    reason: 'Management lets USB accessories talk to the locked device.',
    rule: 'device.developer.usb-data',
  };
}
