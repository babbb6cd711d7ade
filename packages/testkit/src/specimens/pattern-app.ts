import { createNodeHost } from '@vedette/bytes/node';
import type { ThreatClass, Verdict } from '@vedette/contracts';
import {
  type ApkSpec,
  buildApk,
  type ClassSpec,
  type ComponentSpec,
  constString,
  type Instruction,
  invoke,
  returnVoid,
  signApk,
} from '@vedette/formats/builders';
import { API, type ApiName } from './api-calls.ts';
import { laidOut } from './layouts.ts';
import { lookAlikeKey } from './look-alike-key.ts';

/** One step of a method: a call by its short name, a text that code holds, or a call of one of the app's own methods. */
export type Step = ApiName | `text ${string}` | `own ${string}`;

/** A component: kind, name without the package, then words: `home`, `exported`, `guard=BIND_X`, `on=ACTION`, `for=Activity` of an alias. */
export type ComponentLine = `${'activity' | 'activity-alias' | 'service' | 'receiver' | 'provider'} ${string}`;

/** What an app is declared to be and what its code names, in a few lines. */
export interface PatternApp {
  /** Last part of the package; the first parts say that it is a specimen. */
  readonly name: string;
  readonly label?: string;
  /** Permissions, short names of the platform's. */
  readonly asks: readonly string[];
  readonly components: readonly ComponentLine[];
  /** `Name` or `Name extends a.b.C` → method with descriptor → steps. A name that begins with a small letter and has dots is a whole one (libraries). */
  readonly classes: Readonly<Record<string, Readonly<Record<string, readonly Step[]>>>>;
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
}

/** One app of the zoo, and what an appraisal must say of it. */
export interface Specimen {
  readonly id: string;
  /** What it is like, a few words. */
  readonly title: string;
  /** `specimen` carries the pattern of something hostile, `look-alike` needs the same powers for honest ends. */
  readonly kind: 'specimen' | 'look-alike';
  readonly expected: {
    /** Specimens are `malicious`; of look-alikes any verdict but that is right. */
    readonly verdict?: Verdict;
    /** Classes that must be among those named. */
    readonly classes?: readonly ThreatClass[];
    /** Rules that must be among those that fire. */
    readonly rules?: readonly string[];
  };
  /** How its code is laid out in classes; as it is written unless told. */
  build(layout?: Layout): Uint8Array;
}

/**
 * `network-apart`: what talks to the network stands in a class of its own, as in most apps. `helpers-merged`: classes that are no components are merged into one, as optimising
 * compilers do. What an app does stays the same.
 */
export type Layout = 'as-written' | 'network-apart' | 'helpers-merged';

/** Prefix of all packages of the zoo: `.test` is reserved and no domain of anybody (RFC 6761, section 6.2). */
const PREFIX = 'test.specimen';

/**
 * Builds the app. Inert: unsigned, so no phone installs it; methods name calls and hold texts, one after another, and pass no values that could work; addresses end in `.test`.
 */
export function buildPatternApp(app: PatternApp, layout: Layout = 'as-written'): Uint8Array {
  return buildApk(specOf(laidOut(app, layout)));
}

function specOf(app: PatternApp): ApkSpec {
  const packageName = `${PREFIX}.${app.name}`;
  const classes = Object.entries(app.classes).map(([line, methods]) => classOf(line, methods, packageName));
  return {
    manifest: {
      package: packageName,
      versionCode: 1,
      versionName: '1.0-specimen',
      minSdk: 26,
      targetSdk: 34,
      permissions: app.asks.map((name) => (name.includes('.') ? name : `android.permission.${name}`)),
      application: {
        'android:name': `${packageName}.${START}`,
        'android:label': app.label ?? app.name,
        'android:allowBackup': false,
      },
      components: app.components.map((line) => componentOf(line, packageName)),
    },
    dex: [[...classes, startOf(classes, packageName)]],
    ...(app.files === undefined ? {} : { entries: app.files }),
  };
}

const START = 'Start';

/**
 * The application class: it calls every method, so that no part of an app counts as dead code. Which part leads to which is not what the zoo is about, and a look-alike whose
 * parts weigh half would be no fair test.
 */
function startOf(classes: readonly ClassSpec[], packageName: string): ClassSpec {
  const all = classes.flatMap(({ name, methods = [] }) =>
    methods.map((method) => invoke('virtual', name, method.name, method.descriptor)),
  );
  return {
    name: `${packageName}.${START}`,
    superclass: 'android.app.Application',
    methods: [{ name: 'onCreate', descriptor: '()V', code: all }],
  };
}

/** Actions by short names; a name with dots is a whole one. */
const ACTIONS: Readonly<Record<string, string>> = {
  BOOT: 'android.intent.action.BOOT_COMPLETED',
  SMS: 'android.provider.Telephony.SMS_RECEIVED',
  SMS_DELIVER: 'android.provider.Telephony.SMS_DELIVER',
  PHONE: 'android.intent.action.PHONE_STATE',
  CALLING: 'android.intent.action.NEW_OUTGOING_CALL',
  ADMIN: 'android.app.action.DEVICE_ADMIN_ENABLED',
  UNLOCK: 'android.intent.action.USER_PRESENT',
  VIEW: 'android.intent.action.VIEW',
  SEND: 'android.intent.action.SEND',
  DIAL: 'android.intent.action.DIAL',
  KEYBOARD: 'android.view.InputMethod',
  ACCESSIBILITY: 'android.accessibilityservice.AccessibilityService',
  NOTICES: 'android.service.notification.NotificationListenerService',
  VPN: 'android.net.VpnService',
  CARD: 'android.nfc.cardemulation.action.HOST_APDU_SERVICE',
};

function componentOf(line: ComponentLine, packageName: string): ComponentSpec {
  const [kind, name = '', ...words] = line.split(' ');
  const isHome = words.includes('home');
  const guard = words.find((word) => word.startsWith('guard='))?.slice('guard='.length);
  const target = words.find((word) => word.startsWith('for='))?.slice('for='.length);
  const actions = words
    .filter((word) => word.startsWith('on='))
    .map((word) => word.slice('on='.length))
    .map((action) => ACTIONS[action] ?? action);
  if (
    kind !== 'activity' &&
    kind !== 'activity-alias' &&
    kind !== 'service' &&
    kind !== 'receiver' &&
    kind !== 'provider'
  )
    throw new TypeError(`no kind of component: ${line}`);
  return {
    kind,
    name: `${packageName}.${name}`,
    ...(target === undefined ? {} : { attributes: { 'android:targetActivity': `${packageName}.${target}` } }),
    exported: isHome || words.includes('exported') || actions.length > 0,
    ...(guard === undefined ? {} : { permission: `android.permission.${guard}` }),
    intentFilters: isHome
      ? [{ actions: ['android.intent.action.MAIN'], categories: ['android.intent.category.LAUNCHER'] }]
      : actions.length === 0
        ? []
        : [{ actions }],
  };
}

function classOf(line: string, methods: Readonly<Record<string, readonly Step[]>>, packageName: string): ClassSpec {
  const [name = '', superclass] = line.split(' extends ');
  const whole = name.includes('.') ? name : `${packageName}.${name}`;
  return {
    name: whole,
    ...(superclass === undefined ? {} : { superclass }),
    methods: Object.entries(methods).map(([signature, steps]) => {
      const bracket = signature.indexOf('(');
      return {
        name: signature.slice(0, bracket),
        descriptor: signature.slice(bracket),
        code: [...steps.flatMap((step) => instructionOf(step, packageName)), returnVoid()],
      };
    }),
  };
}

function instructionOf(step: Step, packageName: string): Instruction[] {
  if (step.startsWith('text ')) return [constString(step.slice('text '.length))];
  const target = step.startsWith('own ') ? `${packageName}.${step.slice('own '.length)}` : targetOf(step);
  const bracket = target.indexOf('(');
  const dot = target.lastIndexOf('.', bracket);
  const name = target.slice(dot + 1, bracket);
  return [invoke(name === '<init>' ? 'direct' : 'virtual', target.slice(0, dot), name, target.slice(bracket))];
}

function targetOf(step: Step): string {
  const found = Object.entries(API).find(([name]) => name === step)?.[1];
  if (found === undefined) throw new TypeError(`no such call: ${step}`);
  return found;
}

/** A specimen of the pattern of something hostile. */
export function specimen(id: string, title: string, expected: Specimen['expected'], app: PatternApp): Specimen {
  return {
    id,
    title,
    kind: 'specimen',
    expected: { verdict: 'malicious', ...expected },
    build: (layout) => buildPatternApp(app, layout),
  };
}

/** An app that needs the same powers for honest ends. It is signed, as such apps are: otherwise each would be called risky for that alone. */
export function lookAlike(id: string, title: string, app: PatternApp): Specimen {
  const build = (layout?: Layout): Uint8Array =>
    signApk(specOf(laidOut(app, layout ?? 'as-written')), { v2: [{ key: lookAlikeKey() }] }, createNodeHost());
  return { id, title, kind: 'look-alike', expected: {}, build };
}
