import { BANKING_SPECIMENS } from './banking-specimens.ts';
import { CONTROL_SPECIMENS } from './control-specimens.ts';
import { ACCESSIBILITY_LOOK_ALIKES, COMMUNICATION_LOOK_ALIKES } from './everyday-look-alikes.ts';
import { EXTORTION_SPECIMENS } from './extortion-specimens.ts';
import { messageThiefPattern } from './message-thief-pattern.ts';
import type { Specimen } from './pattern-app.ts';
import { SPYING_SPECIMENS } from './spying-specimens.ts';
import { SYSTEM_LOOK_ALIKES } from './system-look-alikes.ts';

/** The behaviour zoo: inert apps that carry the pattern of something hostile, and honest ones that need the same powers. */
export const ZOO: readonly Specimen[] = [
  {
    id: 'message-thief',
    title: 'thief of one-time codes that is also an administrator',
    kind: 'specimen',
    expected: { verdict: 'malicious', classes: ['trojan'], rules: ['android.behaviour.sms-swallowing'] },
    build: () => messageThiefPattern(),
  },
  ...BANKING_SPECIMENS,
  ...SPYING_SPECIMENS,
  ...EXTORTION_SPECIMENS,
  ...CONTROL_SPECIMENS,
  ...ACCESSIBILITY_LOOK_ALIKES,
  ...COMMUNICATION_LOOK_ALIKES,
  ...SYSTEM_LOOK_ALIKES,
];
