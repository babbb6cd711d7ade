import type { Observation } from '@vedette/contracts';
import { type Cell, readBoolean } from '../cell.ts';
import type { Answer } from '../question.ts';

/**
 * `lock.screen`: only definite statements count. `locksettings get-disabled` = false and `deviceLocked=0` cover a lock screen
 * that opens with a swipe, so they settle nothing.
 */
export const SCREEN_LOCK: Cell = {
  id: 'lock.screen',
  platforms: ['android', 'ios'],
  questions: [
    {
      keys: ['lock.credential', 'agent.screen_lock', 'ios.passcode.present', 'lock.device-locked', 'lock.disabled'],
      artefacts: ['lock'],
      read: readLock,
    },
  ],
};

const NO_LOCK: Answer = {
  status: 'bad',
  text: 'none',
  reason: 'The device has no PIN, pattern or password.',
  rule: 'device.lock.none',
};

function readLock({ key, value }: Observation): Answer | null {
  switch (key) {
    case 'lock.credential': {
      const kind = value.trim().toUpperCase();
      if (kind === 'NONE') return NO_LOCK;
      if (['PATTERN', 'PIN', 'PASSWORD', 'PASSWORD_OR_PIN'].includes(kind)) {
        return {
          status: 'ok',
          text: kind === 'PASSWORD_OR_PIN' ? 'password or PIN' : kind === 'PIN' ? 'PIN' : kind.toLowerCase(),
        };
      }
      return null;
    }
    case 'lock.device-locked':
      return readBoolean(value) === true ? { status: 'ok', text: 'set' } : null;
    case 'lock.disabled':
      return readBoolean(value) === true ? NO_LOCK : null;
    default: {
      const set = readBoolean(value);
      return set === null ? null : set ? { status: 'ok', text: 'set' } : NO_LOCK;
    }
  }
}
