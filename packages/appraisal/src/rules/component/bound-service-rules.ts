import { type BoundServiceRule, boundServiceRule } from '../../bound-service-rule.ts';
import type { Rule } from '../../rule.ts';

type Row = Omit<BoundServiceRule, 'severity' | 'dataRisk' | 'mappings'> & {
  readonly points: number;
  readonly masvs: string;
  readonly attack?: readonly string[];
};

/** Services with powers of their own, besides those that have a file each. Source: android.Manifest.permission, `BIND_…`. */
const ROWS: readonly Row[] = [
  {
    name: 'autofill-service',
    title: 'The app offers to fill in forms',
    why: 'Chosen by the owner, it sees the forms of all apps, passwords included. Password managers are that.',
    guard: 'BIND_AUTOFILL_SERVICE',
    note: 'fills in forms',
    points: 2,
    masvs: 'MASVS-STORAGE-1',
    remedy: 'Choose only a password manager you trust.',
  },
  {
    name: 'credential-provider',
    title: 'The app offers to keep passwords and passkeys',
    why: 'Chosen by the owner, it signs in for other apps.',
    guard: 'BIND_CREDENTIAL_PROVIDER_SERVICE',
    note: 'provides credentials',
    points: 2,
    masvs: 'MASVS-STORAGE-1',
    remedy: 'Choose only a password manager you trust.',
  },
  {
    name: 'in-call-service',
    title: 'The app offers to be the telephone',
    why: 'Chosen by the owner, it sees and controls all calls.',
    guard: 'BIND_INCALL_SERVICE',
    note: 'controls calls',
    points: 2,
    malice: { base: 1 },
    masvs: 'MASVS-PRIVACY-1',
    attack: ['T1616'],
    remedy: 'Choose only a dialler you trust.',
  },
  {
    name: 'call-redirection',
    title: 'The app offers to lead calls to other numbers',
    why: 'Chosen by the owner, it changes who is called; fraud sends calls to a bank elsewhere.',
    guard: 'BIND_CALL_REDIRECTION_SERVICE',
    note: 'redirects calls',
    points: 1,
    malice: { base: 2 },
    masvs: 'MASVS-PRIVACY-1',
    attack: ['T1616'],
    remedy: 'Choose it only for an app you trust with your calls.',
  },
  {
    name: 'call-screening',
    title: 'The app offers to answer or refuse calls for the owner',
    why: 'Chosen by the owner, it learns who calls, and can keep calls from being seen.',
    guard: 'BIND_SCREENING_SERVICE',
    note: 'screens calls',
    points: 1,
    malice: { base: 1 },
    masvs: 'MASVS-PRIVACY-1',
    attack: ['T1616'],
    remedy: 'Choose it only for an app you trust with your calls.',
  },
  {
    name: 'voice-assistant',
    title: 'The app offers to be the voice assistant',
    why: 'Chosen by the owner, it is given what is on the screen, and listens.',
    guard: 'BIND_VOICE_INTERACTION',
    note: 'assists by voice',
    points: 2,
    malice: { base: 1 },
    masvs: 'MASVS-PRIVACY-1',
    attack: ['T1429'],
    remedy: 'Choose only an assistant you trust.',
  },
  {
    name: 'card-emulation',
    title: 'The app can act as a contactless card',
    why: 'Payments need it; fraud passes the card of somebody else on from afar.',
    guard: 'BIND_NFC_SERVICE',
    note: 'acts as a card',
    points: 0.5,
    malice: { base: 0.5 },
    masvs: 'MASVS-PLATFORM-1',
    remedy: 'Choose only the apps of your bank.',
  },
  {
    name: 'print-service',
    title: 'The app offers to print for other apps',
    why: 'Switched on, it is given every document that is printed.',
    guard: 'BIND_PRINT_SERVICE',
    note: 'is given what is printed',
    points: 0.5,
    masvs: 'MASVS-PRIVACY-1',
    remedy: 'Switch it on only for a printer of yours.',
  },
];

export const BOUND_SERVICE_RULES: readonly Rule[] = ROWS.map(({ points, masvs, attack, ...row }) =>
  boundServiceRule({
    ...row,
    severity: 'info',
    dataRisk: { base: points },
    mappings: { masvs: [masvs], ...(attack === undefined ? {} : { attack: [...attack] }) },
  }),
);
