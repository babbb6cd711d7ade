import { type ArtefactRule, fixtureRecord } from './artefact-rule.ts';

/** Payloads that change how a phone connects, whom it trusts, or who manages it (Apple, device management profiles). */
const REACHING: ReadonlyMap<string, string> = new Map([
  ['com.apple.security.root', 'trusts a certificate authority'],
  ['com.apple.vpn.managed', 'sends traffic through a VPN'],
  ['com.apple.proxy.http.global', 'sends traffic through a proxy'],
  ['com.apple.webcontent-filter', 'filters what is loaded'],
  ['com.apple.dnsSettings.managed', 'asks another server for names'],
  ['com.apple.mdm', 'lets somebody manage the phone'],
  ['com.apple.relay.managed', 'sends traffic through a relay'],
]);

/**
 * Where `roleaccountd` runs services of Apple that came with an update (`UpdateBrainService`), two folders down. Programs of spyware stood in the folder itself (public reports on Pegasus), and what is in the
 * folders below without a name of Apple is looked at all the same.
 */
const STAGED_SERVICE =
  /^\/(?:private\/)?var\/db\/com\.apple\.xpc\.roleaccountd\.staging\/exec\/[^/]+\.xpc\/(?:Contents\/MacOS\/)?com\.apple\.[\w.]+$/;

/** Folders that hold no programs, and from which spyware and jailbreaks were seen to run. */
const BAD_FOLDERS = /^\/(?:private\/)?var\/(?:db|tmp|root|jb|LIB|mobile\/Library)\//;
/** Folders that hold programs: of the system, of apps, of what Apple loads beside the system (cryptexes), and of tools for developers. */
const USUAL_FOLDERS =
  /^\/(?:usr|System|Applications|sbin|bin|Library|Developer|private\/preboot|(?:private\/)?var\/(?:containers|staged_system_apps|run\/com\.apple\.security\.cryptexd|MobileAsset|PersonalizedDaemon))\//;

/** Rules about records of iOS evidence. */
export const IOS_ARTEFACT_RULES: readonly ArtefactRule[] = [
  {
    id: 'device.artefact.apple-threat-notification',
    version: 1,
    artefacts: ['ios.sms'],
    title: 'Apple warned the owner of an attack',
    severity: 'high',
    description: 'Apple writes such messages to people whom it believes to be targets of mercenary spyware.',
    remedy: 'Turn on Lockdown Mode and get help from a security lab that serves people at risk.',
    mappings: { attack: ['T1660'] },
    test: ({ fields }) =>
      /\bALERT: State-sponsored attackers may be targeting your iPhone\b|\bApple detected a targeted mercenary spyware attack\b/i.test(
        fields?.['text'] ?? '',
      )
        ? 'the wording of Apple’s notification'
        : null,
    fixtures: {
      bad: fixtureRecord('ios.sms', { text: 'ALERT: State-sponsored attackers may be targeting your iPhone' }),
      good: fixtureRecord('ios.sms', { text: 'See you at the station' }),
    },
  },
  {
    id: 'device.artefact.ios-app-not-from-store',
    version: 1,
    artefacts: ['ios.application'],
    title: 'An app came from somewhere else than the App Store or management',
    severity: 'medium',
    description:
      'Apple’s review did not see it. Companies and developers sign apps of their own, and so do those who sell spyware.',
    remedy: 'Ask the owner where it came from; remove it if nobody knows.',
    mappings: { attack: ['T1474.003'] },
    test: ({ fields = {} }) => (fields['known'] === 'false' ? `from ${fields['source'] ?? ''}` : null),
    fixtures: {
      bad: fixtureRecord('ios.application', { bundle: 'com.example.app', source: 'com.example.store', known: 'false' }),
      good: fixtureRecord('ios.application', {
        bundle: 'com.example.app',
        source: 'com.apple.AppStore',
        known: 'true',
      }),
    },
  },
  {
    id: 'device.artefact.profile-event',
    version: 1,
    artefacts: ['ios.profile-event'],
    title: 'Configuration profiles were installed or removed',
    severity: 'low',
    description: 'Profiles can install certificates, proxies and management. Companies and schools use them.',
    remedy: 'Look at Settings > General > VPN & Device Management for profiles that the owner does not know.',
    mappings: { attack: ['T1632'] },
    test: ({ fields = {} }) => (fields['operation'] === '' ? null : (fields['operation'] ?? 'changed')),
    fixtures: {
      bad: fixtureRecord('ios.profile-event', { profile: 'x', operation: 'install' }),
      good: fixtureRecord('ios.profile-event', { profile: 'x', operation: '' }),
    },
  },
  {
    id: 'device.artefact.network-without-process',
    version: 1,
    artefacts: ['ios.data-usage-orphan'],
    title: 'A program that used the network was taken out of the list of programs',
    severity: 'high',
    description:
      'The phone counts what each program sends. Spyware was seen to remove its own entry and to forget what it points to.',
    remedy: 'Keep the phone as it is and have an analyst look at the evidence.',
    mappings: { attack: ['T1630.002'] },
    test: ({ fields = {} }) => (fields['process'] === '' ? null : `process number ${fields['process'] ?? ''}`),
    fixtures: {
      bad: fixtureRecord('ios.data-usage-orphan', { process: '17' }),
      good: fixtureRecord('ios.data-usage-orphan', { process: '' }),
    },
  },
  {
    id: 'device.artefact.redirected-away',
    version: 1,
    artefacts: ['ios.safari-history'],
    title: 'A page led on to another site within a second',
    severity: 'low',
    description: 'Attacks through links do so; so do advertisements, shortened links and sign-in pages.',
    remedy: 'Hold the addresses against lists of indicators; look at what came before.',
    mappings: { attack: ['T1456'] },
    test: ({ fields = {} }) =>
      fields['redirect-away'] === 'true' ? `to ${(fields['redirect'] ?? '').slice(0, 200)}` : null,
    fixtures: {
      bad: fixtureRecord('ios.safari-history', {
        url: 'https://a.test/',
        redirect: 'https://b.test/',
        'redirect-away': 'true',
      }),
      good: fixtureRecord('ios.safari-history', {
        url: 'https://a.test/',
        redirect: 'https://a.test/x',
        'redirect-away': 'false',
      }),
    },
  },
  {
    id: 'device.artefact.calendar-invitation',
    version: 1,
    artefacts: ['ios.calendar'],
    title: 'An invitation looks like those that spyware came with',
    severity: 'high',
    description:
      'Invitations called “Meeting” with the words “Notes”, dated back, were how one maker of spyware (QuaDream) got in without a touch.',
    remedy: 'Keep the phone as it is and have an analyst look at the invitation.',
    mappings: { attack: ['T1664'] },
    test: ({ fields = {} }) =>
      fields['summary'] === 'Meeting' && fields['description'] === 'Notes' ? 'the same two words' : null,
    fixtures: {
      bad: fixtureRecord('ios.calendar', { summary: 'Meeting', description: 'Notes' }),
      good: fixtureRecord('ios.calendar', { summary: 'Meeting', description: 'Room 7' }),
    },
  },
  {
    id: 'device.artefact.odd-address',
    version: 1,
    artefacts: ['ios.id-status'],
    title: 'An address holds characters that no person types',
    severity: 'high',
    description: 'Null bytes in the address of somebody who wrote were seen in attacks on iMessage.',
    remedy: 'Keep the phone as it is and have an analyst look at the evidence.',
    mappings: { attack: ['T1664'] },
    test: ({ fields = {} }) => (fields['odd'] === 'true' ? 'null bytes' : null),
    fixtures: {
      bad: fixtureRecord('ios.id-status', { service: 'com.apple.madrid', odd: 'true' }),
      good: fixtureRecord('ios.id-status', { service: 'com.apple.madrid', odd: 'false' }),
    },
  },
  {
    id: 'device.artefact.attachment-elsewhere',
    version: 1,
    artefacts: ['ios.sms-attachment'],
    title: 'An attachment that came in lies in a temporary folder',
    severity: 'medium',
    description: 'Attachments are kept in the folder of messages; those of some attacks were found in /var/tmp.',
    remedy: 'Have an analyst look at the file, if it is still there.',
    mappings: { attack: ['T1664'] },
    test: ({ fields = {} }) =>
      fields['sent'] === 'false' && /^\/(?:private\/)?var\/tmp\/.*-1$/.test(fields['path'] ?? '')
        ? 'in /var/tmp'
        : null,
    fixtures: {
      bad: fixtureRecord('ios.sms-attachment', { path: '/var/tmp/x/file-1', sent: 'false' }),
      good: fixtureRecord('ios.sms-attachment', { path: '~/Library/SMS/Attachments/a/b.jpg', sent: 'false' }),
    },
  },
  {
    id: 'device.artefact.reaching-profile',
    version: 1,
    artefacts: ['ios.profile'],
    title: 'A configuration profile decides how the phone connects or whom it trusts',
    severity: 'medium',
    description:
      'Companies and schools set such profiles through management. One that somebody installed by hand can read traffic or hand the phone over to a stranger.',
    remedy:
      'Ask the owner who gave it to them; remove it in Settings > General > VPN & Device Management if nobody knows.',
    mappings: { attack: ['T1632', 'T1638'] },
    test({ fields = {} }) {
      if (fields['managed'] === 'true') return null;
      const does = (fields['types'] ?? '').split(' ').flatMap((type) => REACHING.get(type) ?? []);
      return does.length === 0 ? null : `it ${does.join(', ')}`;
    },
    fixtures: {
      bad: fixtureRecord('ios.profile', { name: 'Free VPN', types: 'com.apple.vpn.managed' }),
      good: fixtureRecord('ios.profile', { name: 'Work', types: 'com.apple.vpn.managed', managed: 'true' }),
    },
  },
  {
    id: 'device.artefact.ad-hoc-app',
    version: 1,
    artefacts: ['ios.managed-app'],
    title: 'An app was signed for single devices',
    severity: 'medium',
    description: 'Developers sign so for phones that they list by hand. Nobody reviewed it.',
    remedy: 'Remove it unless the owner develops it.',
    mappings: { attack: ['T1474.003'] },
    test: ({ fields = {} }) => (fields['ad-hoc'] === 'true' ? 'AdHocCodeSigned' : null),
    fixtures: {
      bad: fixtureRecord('ios.managed-app', { bundle: 'com.example.app', 'ad-hoc': 'true' }),
      good: fixtureRecord('ios.managed-app', { bundle: 'com.example.app', 'ad-hoc': 'false' }),
    },
  },
  {
    id: 'device.artefact.process-elsewhere',
    version: 1,
    artefacts: ['ios.process', 'ios.shutdown', 'ios.crash', 'ios.report', 'ios.binary'],
    title: 'A program runs from a folder that holds no programs',
    severity: 'high',
    description:
      'iOS starts programs from the system and from the containers of apps. Spyware was seen to run from folders for databases, temporary files and the home of root; jailbreaks from /var/jb.',
    remedy: 'Keep the phone on and as it is, and have an analyst look at the evidence.',
    mappings: { attack: ['T1404'] },
    test({ fields = {} }) {
      const path = fields['path'] ?? '';
      if (STAGED_SERVICE.test(path)) return null;
      return BAD_FOLDERS.test(path) ? path.slice(0, 200) : null;
    },
    fixtures: {
      bad: fixtureRecord('ios.process', { path: '/private/var/db/com.apple.xpc.roleaccountd.staging/bh' }),
      good: fixtureRecord('ios.process', { path: '/private/var/containers/Bundle/Application/A/App.app/App' }),
    },
  },
  {
    id: 'device.artefact.process-unusual-folder',
    version: 1,
    artefacts: ['ios.process', 'ios.shutdown', 'ios.crash', 'ios.report', 'ios.binary'],
    title: 'A program runs from a folder that is none of those of the system and of apps',
    severity: 'low',
    description:
      'Programs of iOS are in a handful of folders. Systems for developers and coming versions have others; so has what somebody put there.',
    remedy: 'Look for the path on a phone of the same system; have an analyst look at it where it is not there.',
    mappings: { attack: ['T1404'] },
    test({ fields = {} }) {
      const path = fields['path'] ?? '';
      const odd = path.startsWith('/') && !USUAL_FOLDERS.test(path) && !BAD_FOLDERS.test(path);
      return odd ? path.slice(0, 200) : null;
    },
    fixtures: {
      bad: fixtureRecord('ios.process', { path: '/private/var/wireless/x' }),
      good: fixtureRecord('ios.process', { path: '/usr/libexec/locationd' }),
    },
  },
];
