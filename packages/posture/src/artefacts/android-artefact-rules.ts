import type { EvidenceRecord } from '@vedette/contracts';
import { STORES, SYSTEM_INSTALLERS } from '../data/installers.ts';
import { type ArtefactRule, fixtureRecord } from './artefact-rule.ts';

/** Users of the system itself: root, system, shell (AOSP android_filesystem_config.h). */
const PRIVILEGED = new Set(['0', '1000', '2000']);

const ASK_OWNER = 'Ask the owner whether they did it; look at what else happened at that time.';

/** Stores, and what they install with, do this all day. */
const isStore = (name: string): boolean => STORES.has(name) || SYSTEM_INSTALLERS.has(name);

const fieldOf = ({ fields = {} }: EvidenceRecord, name: string): string => fields[name] ?? '';

/** A rule about events of the security log with one of the tags. */
function securityRule(
  rule: Pick<ArtefactRule, 'id' | 'title' | 'severity' | 'description' | 'remedy' | 'mappings'> & {
    readonly tags: readonly string[];
    readonly note: string;
    /** Further fields that the event must have. */
    readonly when?: (record: EvidenceRecord) => boolean;
    readonly example?: Readonly<Record<string, string>>;
  },
): ArtefactRule {
  const { tags, note, when = () => true, example = {}, ...rest } = rule;
  return {
    ...rest,
    version: 1,
    artefacts: ['android.security-event'],
    test: (record) => (tags.includes(fieldOf(record, 'tag')) && when(record) ? note : null),
    fixtures: {
      bad: fixtureRecord('android.security-event', { tag: tags[0] ?? '', ...example }),
      good: fixtureRecord('android.security-event', { tag: 'os_startup' }),
    },
  };
}

/** Rules about records of Android evidence. */
export const ANDROID_ARTEFACT_RULES: readonly ArtefactRule[] = [
  {
    id: 'device.artefact.app-downgraded',
    version: 1,
    artefacts: ['android.battery-daily'],
    title: 'An app was replaced by an older version',
    severity: 'medium',
    description:
      'Stores only ever update. An older version comes back to use a weakness that was repaired, or from a backup.',
    remedy: 'Ask the owner whether they did it; install the present version from the store.',
    mappings: { attack: ['T1407'] },
    test: (record) => (fieldOf(record, 'change') === 'downgrade' ? 'the version number fell' : null),
    fixtures: {
      bad: fixtureRecord('android.battery-daily', { change: 'downgrade', package: 'org.example.app' }),
      good: fixtureRecord('android.battery-daily', { change: 'update', package: 'org.example.app' }),
    },
  },
  {
    id: 'device.artefact.app-removed',
    version: 1,
    artefacts: ['android.battery-daily'],
    title: 'Apps were removed',
    severity: 'low',
    description: 'Spyware is often removed before somebody looks. Most removals are the owner’s own.',
    remedy: ASK_OWNER,
    mappings: { attack: ['T1630.001'] },
    test: (record) => (fieldOf(record, 'change') === 'uninstall' ? 'removed that day' : null),
    fixtures: {
      bad: fixtureRecord('android.battery-daily', { change: 'uninstall', package: 'org.example.app' }),
      good: fixtureRecord('android.battery-daily', { change: 'update', package: 'org.example.app' }),
    },
  },
  {
    id: 'device.artefact.installs-requested',
    version: 1,
    artefacts: ['android.appops'],
    title: 'An app asked to install other apps',
    severity: 'medium',
    description:
      'What is installed in this way comes past the store and its checks. Browsers, file managers and other stores do it on request.',
    remedy: ASK_OWNER,
    mappings: { attack: ['T1544'] },
    test: (record) =>
      fieldOf(record, 'operation') === 'REQUEST_INSTALL_PACKAGES' &&
      fieldOf(record, 'use') === 'access' &&
      !isStore(fieldOf(record, 'package'))
        ? 'it used that power'
        : null,
    fixtures: {
      bad: fixtureRecord('android.appops', {
        operation: 'REQUEST_INSTALL_PACKAGES',
        use: 'access',
        package: 'org.example.app',
      }),
      good: fixtureRecord('android.appops', {
        operation: 'REQUEST_INSTALL_PACKAGES',
        use: 'reject',
        package: 'org.example.app',
      }),
    },
  },
  {
    id: 'device.artefact.shell-used-power',
    version: 1,
    artefacts: ['android.appops'],
    title: 'Somebody used powers over ADB',
    severity: 'medium',
    description:
      'The shell of ADB read or did something that apps need permission for. Collecting evidence does so too.',
    remedy: ASK_OWNER,
    mappings: { attack: ['T1623.001'] },
    test: (record) =>
      fieldOf(record, 'package') === 'com.android.shell' && fieldOf(record, 'use') === 'access' ? 'by the shell' : null,
    fixtures: {
      bad: fixtureRecord('android.appops', { operation: 'READ_CONTACTS', use: 'access', package: 'com.android.shell' }),
      good: fixtureRecord('android.appops', { operation: 'READ_CONTACTS', use: 'access', package: 'org.example.app' }),
    },
  },
  {
    id: 'device.artefact.privileged-crash',
    version: 1,
    artefacts: ['android.tombstone'],
    title: 'A process of the system crashed in native code',
    severity: 'medium',
    description:
      'Attacks on the system crash it before they succeed. Most crashes are plain faults; many at a time, or of one that reads messages and media, are worth a look.',
    remedy: 'Have somebody look at the crash report; install the latest system update.',
    mappings: { attack: ['T1404'] },
    test: (record) => (PRIVILEGED.has(fieldOf(record, 'uid')) ? `as user ${fieldOf(record, 'uid')}` : null),
    fixtures: {
      bad: fixtureRecord('android.tombstone', { process: '/system/bin/mediaserver', uid: '1000', signal: 'SIGSEGV' }),
      good: fixtureRecord('android.tombstone', { process: 'org.example.app', uid: '10123', signal: 'SIGSEGV' }),
    },
  },
  securityRule({
    id: 'device.artefact.shell-session',
    title: 'Somebody opened a shell over ADB',
    severity: 'medium',
    description:
      'Who has a shell can read much of the phone and install apps. Developers and repair shops do it; so do forensic tools.',
    remedy: ASK_OWNER,
    mappings: { attack: ['T1623.001'] },
    tags: ['adb_shell_interactive'],
    note: 'an interactive shell',
  }),
  securityRule({
    id: 'device.artefact.logging-stopped',
    title: 'The security log was switched off',
    severity: 'medium',
    description: 'What happened after that was not written down. Advanced Protection keeps it on.',
    remedy: ASK_OWNER,
    mappings: { attack: ['T1629.003'] },
    tags: ['logging_stopped'],
    note: 'logging stopped',
  }),
  securityRule({
    id: 'device.artefact.authority-installed',
    title: 'A certificate authority was installed',
    severity: 'medium',
    description:
      'Whoever holds its key can read encrypted connections of apps that trust it. Companies install their own.',
    remedy: 'Look under user certificates in the settings, and remove what is not known.',
    mappings: { attack: ['T1638'] },
    tags: ['cert_authority_installed'],
    note: 'installed',
    when: (record) => !/^(?:false|0)$/.test(fieldOf(record, 'success')),
    example: { success: 'true', subject: 'CN=Example' },
  }),
  securityRule({
    id: 'device.artefact.key-damaged',
    title: 'A key or a check of cryptography failed',
    severity: 'medium',
    description: 'Keys in the secure hardware do not change by themselves.',
    remedy: 'Have the phone looked at; restore the manufacturer’s system image.',
    mappings: {},
    tags: ['key_integrity_violation', 'cert_validation_failure'],
    note: 'as the security log has it',
  }),
  securityRule({
    id: 'device.artefact.self-test-failed',
    title: 'The self-test of the cryptography failed',
    severity: 'medium',
    description: 'The phone does not pass a test that every good phone passes at its start.',
    remedy: 'Have the phone looked at.',
    mappings: {},
    tags: ['crypto_self_test_completed'],
    note: 'not passed',
    when: (record) => /^(?:false|0)$/.test(fieldOf(record, 'success') || fieldOf(record, 'result')),
    example: { success: 'false' },
  }),
  securityRule({
    id: 'device.artefact.wipe-failed',
    title: 'Wiping the phone failed',
    severity: 'medium',
    description: 'Somebody ordered the data to be deleted, and it was not.',
    remedy: 'Delete the data by hand, or keep the phone in safe hands.',
    mappings: {},
    tags: ['wipe_failure'],
    note: 'not wiped',
  }),
  {
    id: 'device.artefact.management-posture',
    version: 1,
    artefacts: ['android.management-posture'],
    title: 'Google’s device management holds the system for changed or unknown',
    severity: 'high',
    description: 'The Android Management API judges the system by attestation, on Google’s servers.',
    remedy: 'Restore the manufacturer’s system image, then enrol the device again.',
    mappings: { attack: ['T1398'] },
    test: (record) =>
      ['COMPROMISED_OS', 'UNKNOWN_OS', 'HARDWARE_BACKED_EVALUATION_FAILED'].includes(fieldOf(record, 'risk'))
        ? fieldOf(record, 'risk')
        : null,
    fixtures: {
      bad: fixtureRecord('android.management-posture', { risk: 'COMPROMISED_OS' }),
      good: fixtureRecord('android.management-posture', { risk: 'SECURITY_RISK_UNSPECIFIED' }),
    },
  },
];
