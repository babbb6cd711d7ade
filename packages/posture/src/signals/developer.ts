import { type Cell, readBoolean } from '../cell.ts';
import type { Answer } from '../question.ts';
import type { RuleId } from '../rules.ts';

/** Sources that cannot be collected without USB debugging. */
export const OVER_USB: ReadonlySet<string> = new Set(['adb', 'androidqf']);

/** `developer.options`. A setting that is not set (`null`) is off: Android's default on builds for users. */
export const DEVELOPER_OPTIONS: Cell = {
  id: 'developer.options',
  platforms: ['android'],
  questions: [
    {
      keys: ['settings.global.development_settings_enabled', 'agent.developer_options'],
      artefacts: ['settings.global'],
      read: ({ value }) => readSwitch(value, 'Developer options', 'device.developer.options', true),
    },
  ],
};

/** `developer.usb-debugging`. The setting is always present, so its absence is unknown. */
export const USB_DEBUGGING: Cell = {
  id: 'developer.usb-debugging',
  platforms: ['android'],
  questions: [
    {
      keys: ['settings.global.adb_enabled', 'agent.usb_debugging'],
      artefacts: ['settings.global'],
      read: ({ value, source }) => {
        const answer = readSwitch(value, 'USB debugging', 'device.developer.usb-debugging', false);
        if (answer?.status !== 'bad' || !OVER_USB.has(source)) return answer;
        // A check over the cable needs it; it should not stay on.
        return { ...answer, reason: 'USB debugging is on. The check over USB needed it: turn it off now.' };
      },
    },
  ],
};

/** `developer.wireless-debugging`: the setting of Android 11 and later; adb listening on a network port counts as well. */
export const WIRELESS_DEBUGGING: Cell = {
  id: 'developer.wireless-debugging',
  platforms: ['android'],
  questions: [
    {
      keys: ['settings.global.adb_wifi_enabled', 'agent.wireless_debugging'],
      artefacts: ['settings.global'],
      read: ({ value }) => readSwitch(value, 'Wireless debugging', 'device.developer.wireless-debugging', true),
    },
  ],
  extra: [
    {
      keys: ['getprop.service.adb.tcp.port'],
      read: ({ value }) =>
        /^[1-9]\d{0,4}$/.test(value.trim())
          ? {
              status: 'bad',
              text: `adb listens on port ${value.trim()}`,
              reason: `The debugging service listens on network port ${value.trim()}.`,
              rule: 'device.developer.wireless-debugging',
            }
          : null,
    },
  ],
};

function readSwitch(value: string, name: string, rule: RuleId, offWhenUnset: boolean): Answer | null {
  if (offWhenUnset && value.trim() === 'null') return { status: 'ok', text: 'off (never set)' };
  const on = readBoolean(value);
  if (on === null) return null;
  if (!on) return { status: 'ok', text: 'off' };
  return { status: 'bad', text: 'on', reason: `${name} ${name.endsWith('s') ? 'are' : 'is'} on.`, rule };
}
