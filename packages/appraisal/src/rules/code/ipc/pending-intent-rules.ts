import type { CallSite, Constant } from '@vedette/program';
import { atCall } from '../../../evidence.ts';
import { methodKey } from '../../../method-key.ts';
import { codeTable, type Finder } from '../../../rule-table.ts';
import { argumentsAt, callsOf, shownBits } from '../find-calls.ts';

const MAKERS = ['getActivity', 'getBroadcast', 'getService', 'getForegroundService'].map(
  (name) =>
    `android.app.PendingIntent.${name}(Landroid/content/Context;ILandroid/content/Intent;I)Landroid/app/PendingIntent;`,
);
const NAMES_TARGET = [
  'android.content.Intent.setPackage',
  'android.content.Intent.setComponent',
  'android.content.Intent.setClass',
  'android.content.Intent.setClassName',
  'android.content.Intent.<init>(Landroid/content/Context;Ljava/lang/Class;)V',
  'android.content.Intent.<init>(Ljava/lang/String;Landroid/net/Uri;Landroid/content/Context;Ljava/lang/Class;)V',
];
const IMPLICIT = [
  'android.content.Intent.<init>(Ljava/lang/String;)V',
  'android.content.Intent.<init>(Ljava/lang/String;Landroid/net/Uri;)V',
];
const FLAG_IMMUTABLE = 0x0400_0000;
const FLAG_MUTABLE = 0x0200_0000;

/** Calls that make a pending intent whose flags are known and are so. */
function withFlags(isWanted: (flags: number) => boolean, note: string): Finder {
  return (image, ctx) =>
    callsOf(ctx, MAKERS).flatMap((call) => {
      const flags: Constant | null = argumentsAt(image, call)?.parameters[3] ?? null;
      return flags?.kind === 'number' && isWanted(flags.value) ? [atCall(call, `${note}: ${shownBits(flags)}`)] : [];
    });
}

const mutableByDefault: Finder = (image, ctx) => {
  const target = image.manifest?.targetSdk ?? null;
  if (target === null || target >= 31) return [];
  const bits = FLAG_IMMUTABLE | FLAG_MUTABLE;
  return withFlags((flags) => (flags & bits) === 0, `target SDK ${target}, no flag forbids changes`)(image, ctx);
};

/** Pending intents in methods that make an intent by its action and never say which app it is for. */
const implicit: Finder = (image, ctx) => {
  const actions = new Set(callsOf(ctx, IMPLICIT).map(methodKey));
  if (actions.size === 0) return [];
  const named = new Set(callsOf(ctx, NAMES_TARGET).map(methodKey));
  const isImmutable = (call: CallSite): boolean => {
    const flags = argumentsAt(image, call)?.parameters[3] ?? null;
    return flags?.kind !== 'number' || (flags.value & FLAG_IMMUTABLE) !== 0;
  };
  return callsOf(ctx, MAKERS)
    .filter((call) => actions.has(methodKey(call)) && !named.has(methodKey(call)) && !isImmutable(call))
    .map((call) => atCall(call, 'the intent names an action but no app, and may be changed'));
};

/** Pending intents. Source: android.app.PendingIntent; behaviour changes of Android 12 and 14. */
export const PENDING_INTENT_RULES = codeTable([
  {
    name: 'pending-intent-mutable',
    title: 'The app hands out an intent that may be changed',
    why: 'Who receives it can fill in what was left open, and the platform carries it out in the app’s name. Some interfaces, such as replies in notifications, need that.',
    remedy: 'Use FLAG_IMMUTABLE, or name the component.',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    cwe: [927],
    find: withFlags((flags) => (flags & FLAG_MUTABLE) !== 0, 'flags with FLAG_MUTABLE'),
  },
  {
    name: 'pending-intent-mutable-by-default',
    title: 'The app hands out intents that may be changed because nothing forbids it',
    why: 'Below target SDK 31 a pending intent may be changed unless it says otherwise; who receives it can fill in what was left open.',
    remedy: 'Use FLAG_IMMUTABLE.',
    points: 1,
    masvs: ['PLATFORM-1'],
    cwe: [927],
    needs: ['code', 'manifest'],
    find: mutableByDefault,
  },
  {
    name: 'pending-intent-implicit',
    title: 'The app hands out an intent that names no receiver and may be changed',
    why: 'Who receives it can name a component of the app, and have the platform start it with the app’s rights.',
    remedy: 'Name the component, and use FLAG_IMMUTABLE.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1'],
    cwe: [927],
    find: implicit,
  },
]);
