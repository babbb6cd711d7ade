import { type Cell, readBoolean } from '../cell.ts';
import type { Answer } from '../question.ts';

/** `lock.find-my`: whether a lost device can be found and is of no use to whoever took it. */
export const FIND_MY: Cell = {
  id: 'lock.find-my',
  platforms: ['ios'],
  questions: [
    {
      keys: ['ios.activation-lock', 'ios.device-locator'],
      signs: true,
      read: ({ key, value }) => {
        const on = readBoolean(value);
        if (on === null) return null;
        const what = key === 'ios.activation-lock' ? 'Activation Lock' : 'Find My';
        if (on) return { status: 'ok', text: `${what} on` };
        return { status: 'bad', text: `${what} off`, reason: `${what} is off.`, rule: 'device.lock.find-my-off' };
      },
    },
  ],
};

/** `lock.quality`: whether the passcode meets what management asks of it. */
export const LOCK_QUALITY: Cell = {
  id: 'lock.quality',
  platforms: ['ios', 'android'],
  questions: [
    {
      keys: ['ios.passcode.compliant', 'agent.password_complexity'],
      read: ({ key, value }) => {
        if (key === 'agent.password_complexity') return readComplexity(value);
        const compliant = readBoolean(value);
        if (compliant === null) return null;
        if (compliant) return { status: 'ok', text: 'as management asks' };
        return {
          status: 'bad',
          text: 'weaker than management asks',
          reason: 'The passcode does not meet the rules.',
          rule: 'device.lock.weak',
        };
      },
    },
  ],
};

/** DevicePolicyManager.getPasswordComplexity: `medium` is a PIN of four without patterns in it, or better. */
function readComplexity(value: string): Answer | null {
  switch (value.trim().toLowerCase()) {
    case 'high':
    case 'medium':
      return { status: 'ok', text: value.trim().toLowerCase() };
    case 'low':
    case 'none':
      return {
        status: 'bad',
        text: value.trim().toLowerCase(),
        reason: 'The PIN, pattern or password is easy to guess.',
        rule: 'device.lock.weak',
      };
    default:
      return null;
  }
}
