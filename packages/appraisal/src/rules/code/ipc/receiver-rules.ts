import { atCall } from '../../../evidence.ts';
import { methodKey } from '../../../method-key.ts';
import { codeTable, type Finder } from '../../../rule-table.ts';
import { anyOf, argumentsAt, called, callsOf, number, passing, shownBits, shownConstant } from '../find-calls.ts';
import { isSecretName } from '../storage/secret-names.ts';

const REGISTER =
  '*.registerReceiver(Landroid/content/BroadcastReceiver;Landroid/content/IntentFilter;)Landroid/content/Intent;';
const SEND = [
  '*.sendBroadcast(Landroid/content/Intent;)V',
  '*.sendOrderedBroadcast(Landroid/content/Intent;Ljava/lang/String;)V',
];
const TARGETED = [
  'android.content.Intent.setPackage',
  'android.content.Intent.setComponent',
  'android.content.Intent.setClass',
  'android.content.Intent.setClassName',
  'android.content.Intent.<init>(Landroid/content/Context;Ljava/lang/Class;)V',
];
/** What the system sends, mostly protected: others cannot send it. */
const SYSTEM_ACTION = /^(?:android\.|com\.android\.|com\.google\.android\.)/;
const isExported = number((flags) => (flags & 2) !== 0);

/** Receivers for actions of the app's own that are registered without saying whether others may send. */
const openReceivers: Finder = (image, ctx) => {
  const target = image.manifest?.targetSdk ?? null;
  if (target === null || target >= 34) return [];
  const registering = new Set(callsOf(ctx, [REGISTER]).map(methodKey));
  if (registering.size === 0) return [];
  return callsOf(ctx, [
    'android.content.IntentFilter.addAction',
    'android.content.IntentFilter.<init>(Ljava/lang/String;)V',
  ]).flatMap((call) => {
    if (!registering.has(methodKey(call))) return [];
    const [action = null] = argumentsAt(image, call)?.parameters ?? [];
    if (action?.kind !== 'string' || SYSTEM_ACTION.test(action.value)) return [];
    return [atCall(call, `listens to ${shownConstant(action)}, which every app may send`)];
  });
};

/** Extras under a secret's name in methods that send a broadcast to nobody in particular. */
const secretBroadcasts: Finder = (image, ctx) => {
  const sending = new Set(callsOf(ctx, SEND).map(methodKey));
  if (sending.size === 0) return [];
  const targeted = new Set(callsOf(ctx, TARGETED).map(methodKey));
  return callsOf(ctx, ['android.content.Intent.putExtra']).flatMap((call) => {
    const key = methodKey(call);
    if (!sending.has(key) || targeted.has(key)) return [];
    const [name = null] = argumentsAt(image, call)?.parameters ?? [];
    if (name?.kind !== 'string' || !isSecretName(name.value)) return [];
    return [atCall(call, `sends ${shownConstant(name)} along with a broadcast to everybody`)];
  });
};

/** Broadcasts and who may send and receive them. Source: android.content.Context; behaviour changes of Android 14. */
export const RECEIVER_RULES = codeTable([
  {
    name: 'receiver-open-by-flag',
    title: 'The app registers a receiver that every app may call',
    why: 'RECEIVER_EXPORTED says so on purpose. What arrives there may come from anybody.',
    remedy: 'Use RECEIVER_NOT_EXPORTED, or ask for a permission.',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    cwe: [925],
    find: anyOf(
      passing(
        '*.registerReceiver(Landroid/content/BroadcastReceiver;Landroid/content/IntentFilter;I)Landroid/content/Intent;',
        2,
        isExported,
        'flags',
        shownBits,
      ),
      passing(
        'androidx.core.content.ContextCompat.registerReceiver(Landroid/content/Context;Landroid/content/BroadcastReceiver;Landroid/content/IntentFilter;I)Landroid/content/Intent;',
        3,
        isExported,
        'flags',
        shownBits,
      ),
    ),
  },
  {
    name: 'receiver-open-by-default',
    title: 'The app listens to messages of its own that every app may send',
    why: 'Below target SDK 34 a receiver that is registered in code without a flag is open to all apps, for actions that no system protects.',
    remedy: 'Pass RECEIVER_NOT_EXPORTED, or ask for a permission.',
    severity: 'low',
    points: 1,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1'],
    cwe: [925],
    needs: ['code', 'manifest'],
    find: openReceivers,
  },
  {
    name: 'broadcast-with-secret',
    title: 'The app sends a value under a secret’s name to all apps',
    why: 'Every app that listens for the action receives it.',
    remedy: 'Name the receiver’s package, or ask for a permission.',
    severity: 'low',
    points: 2,
    classes: ['data-leak'],
    masvs: ['PLATFORM-1', 'STORAGE-2'],
    cwe: [927],
    find: secretBroadcasts,
  },
  {
    name: 'sticky-broadcast',
    title: 'The app sends messages that stay for everybody to read and change',
    why: 'Sticky broadcasts have no protection at all; Android has advised against them since version 5.',
    remedy: 'Use an ordinary broadcast with a permission.',
    severity: 'low',
    points: 1,
    masvs: ['PLATFORM-1'],
    cwe: [927],
    find: called(
      'sends a message that stays',
      '*.sendStickyBroadcast(Landroid/content/Intent;)V',
      '*.sendStickyOrderedBroadcast',
    ),
  },
]);
