import { isYes, xmlAttribute } from '../../resource-xml.ts';
import { type Finder, manifestTable, type RuleRow } from '../../rule-table.ts';
import { inResources } from '../manifest/find-elements.ts';

/** Configurations of accessibility services that switch a power on. */
function accessibility(attribute: string, note: string): Finder {
  return inResources('accessibility-service', ({ root }) =>
    isYes(xmlAttribute(root, attribute)) ? [{ element: root, note }] : [],
  );
}

/** Policies that a device administrator asks for. */
function policy(...names: readonly string[]): Finder {
  return inResources('device-admin', ({ root }) =>
    root.children
      .filter(({ name }) => name === 'uses-policies')
      .flatMap((policies) => policies.children)
      .filter(({ name }) => names.includes(name))
      .map((element) => ({ element, note: `asks for <${element.name}>` })),
  );
}

const ACCESSIBILITY_REMEDY =
  'Switch it on only for an app that helps a person to use the phone, or that the company manages.';
const ADMIN_REMEDY = 'Make only a management agent an administrator.';

interface PowerRow extends Pick<RuleRow, 'name' | 'title' | 'why' | 'find'> {
  readonly data?: number;
  readonly harm?: number;
  readonly attack: readonly string[];
}

/** What an accessibility service or administrator may do once the owner allowed it, from its configuration. */
const ACCESSIBILITY_POWERS: readonly PowerRow[] = [
  {
    name: 'accessibility-reads-windows',
    title: 'The accessibility service reads the content of all windows',
    why: 'Everything that is shown and typed in every app, except for some password fields, passes through it.',
    data: 1,
    harm: 1,
    attack: ['T1453', 'T1417'],
    find: accessibility('canRetrieveWindowContent', 'reads the content of windows'),
  },
  {
    name: 'accessibility-gestures',
    title: 'The accessibility service can tap and swipe in the owner’s place',
    why: 'It can open settings, grant permissions and confirm payments.',
    harm: 1,
    attack: ['T1453', 'T1516'],
    find: accessibility('canPerformGestures', 'performs gestures'),
  },
  {
    name: 'accessibility-key-filter',
    title: 'The accessibility service sees every key before the app that it is for',
    why: 'That is how a keylogger works; tools for keyboards and switches need it.',
    data: 1,
    harm: 1,
    attack: ['T1417.001'],
    find: accessibility('canRequestFilterKeyEvents', 'filters keys'),
  },
  {
    name: 'accessibility-screenshots',
    title: 'The accessibility service can take pictures of the screen',
    why: 'No sign shows the owner that it does.',
    data: 1,
    harm: 1,
    attack: ['T1513'],
    find: accessibility('canTakeScreenshot', 'takes screenshots'),
  },
];

const ADMIN_POWERS: readonly PowerRow[] = [
  {
    name: 'admin-erases',
    title: 'The app asks to erase the phone as its administrator',
    why: 'All data on the phone can be deleted from afar.',
    harm: 0.5,
    attack: ['T1662', 'T1626.001'],
    find: policy('wipe-data'),
  },
  {
    name: 'admin-changes-lock',
    title: 'The app asks to lock the phone or change its code as its administrator',
    why: 'The owner can be locked out; on Android 7 and later an existing code can no longer be changed this way.',
    harm: 0.5,
    attack: ['T1629.002', 'T1626.001'],
    find: policy('reset-password', 'force-lock', 'expire-password'),
  },
  {
    name: 'admin-watches-unlocking',
    title: 'The app asks to be told of attempts to unlock the phone',
    why: 'It learns when, and how often, somebody tries. It can react, for example by erasing.',
    attack: ['T1626.001'],
    find: policy('watch-login'),
  },
  {
    name: 'admin-switches-off',
    title: 'The app asks to switch the camera or lock-screen features off as its administrator',
    why: 'Companies keep cameras out of laboratories that way; others keep a finger from unlocking.',
    attack: ['T1626.001'],
    find: policy('disable-camera', 'disable-keyguard-features'),
  },
];

function row({ data, harm, attack, ...power }: PowerRow, remedy: string): RuleRow {
  return {
    ...power,
    remedy,
    kind: data === undefined && harm === undefined ? 'fact' : 'declaration',
    ...(data === undefined ? {} : { points: data }),
    ...(harm === undefined ? {} : { malice: { base: harm } }),
    masvs: ['PLATFORM-3'],
    attack,
    needs: ['manifest', 'archive'],
  };
}

export const SERVICE_CONFIG_RULES = manifestTable('component', [
  ...ACCESSIBILITY_POWERS.map((power) => row(power, ACCESSIBILITY_REMEDY)),
  ...ADMIN_POWERS.map((power) => row(power, ADMIN_REMEDY)),
  {
    name: 'accessibility-no-tool',
    title: 'The accessibility service does not claim to help people with disabilities',
    why: 'Google Play shows users and checks such services more closely. It judges nothing: automation and management agents are among them.',
    remedy: 'Find out what the service is for.',
    masvs: ['PLATFORM-3'],
    needs: ['manifest', 'archive'],
    find: inResources('accessibility-service', ({ root }) =>
      isYes(xmlAttribute(root, 'isAccessibilityTool'))
        ? []
        : [{ element: root, note: 'isAccessibilityTool is not set' }],
    ),
  },
]);
