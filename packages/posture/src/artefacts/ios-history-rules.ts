import { type ArtefactRule, fixtureRecord } from './artefact-rule.ts';

/** Parts of the system that read what strangers send, before anybody looks at it: where attacks without a touch came in. */
const PARSERS: ReadonlySet<string> = new Set([
  'IMTranscoderAgent',
  'MessagesBlastDoorService',
  'mediaserverd',
  'IMDPersistenceAgent',
]);
/** Parts of the system that show web pages. */
const WEB_CONTENT = /^(?:com\.apple\.WebKit\.WebContent|WebContent)/;
/** Who asks for an installation when a computer does it over the cable; names of services of the phone. */
const FROM_COMPUTER = /^(?:mobile_installation_proxy|streaming_zip_conduit|com\.apple\.mobile\.installation_proxy)/;
/** Distributors of Apple, as the log of installations names them. */
const APPLE_DISTRIBUTORS: ReadonlySet<string> = new Set(['com.apple.AppStore', 'com.apple.TestFlight', 'com.apple']);
/** Times that a program may be seen at one shutdown before it is odd (Kaspersky, January 2024: more than four delays). */
const MANY_DELAYS = 3;

/** Rules about what an iPhone wrote down of its own past: logs, lists of processes, stores. */
export const IOS_HISTORY_RULES: readonly ArtefactRule[] = [
  {
    id: 'device.artefact.notifications-set',
    version: 1,
    artefacts: ['ios.profile'],
    title: 'A configuration profile decides which notifications are shown',
    severity: 'medium',
    description: 'Management can silence an app so. A profile of spyware was seen to keep its owner from noticing it.',
    remedy: 'Ask who gave the profile to the owner; remove it if nobody knows.',
    mappings: { attack: ['T1632'] },
    test: ({ fields = {} }) =>
      fields['managed'] !== 'true' && (fields['types'] ?? '').split(' ').includes('com.apple.notificationsettings')
        ? 'com.apple.notificationsettings'
        : null,
    fixtures: {
      bad: fixtureRecord('ios.profile', { name: 'Update', types: 'com.apple.notificationsettings' }),
      good: fixtureRecord('ios.profile', { name: 'Work', types: 'com.apple.wifi.managed' }),
    },
  },
  {
    id: 'device.artefact.ios-app-unnamed',
    version: 1,
    artefacts: ['ios.application'],
    title: 'What a store wrote beside an app does not name the app',
    severity: 'medium',
    description: 'The store always writes the identifier. Where it is missing, somebody else wrote the list.',
    remedy: 'Ask the owner where the app came from; remove it if nobody knows.',
    mappings: { attack: ['T1474.003'] },
    test: ({ fields = {} }) => (fields['named'] === 'false' ? 'no softwareVersionBundleId' : null),
    fixtures: {
      bad: fixtureRecord('ios.application', { bundle: 'com.example.app', named: 'false' }),
      good: fixtureRecord('ios.application', { bundle: 'com.example.app', named: 'true' }),
    },
  },
  {
    id: 'device.artefact.network-program-gone',
    version: 1,
    artefacts: ['ios.data-usage-gone'],
    title: 'A process used the network, and the phone has no such program',
    severity: 'medium',
    description:
      'It belongs to no app, and the file system holds no file of its name. Programs of the system that an update took away look the same.',
    remedy: 'Look for the name in lists of programs of older systems; have an analyst look at it where it is in none.',
    mappings: { attack: ['T1630.002'] },
    test: ({ fields = {} }) => (fields['process'] === undefined ? null : fields['process'] || 'without a name'),
    fixtures: {
      bad: fixtureRecord('ios.data-usage-gone', { process: 'bh' }),
      good: fixtureRecord('ios.data-usage-gone', {}),
    },
  },
  {
    id: 'device.artefact.network-list-gap',
    version: 1,
    artefacts: ['ios.data-usage-gap'],
    title: 'The list of programs that used the network has gaps',
    severity: 'low',
    description:
      'Its entries are numbered. Some were taken out: by the system when an app was removed, or by somebody who cleaned up.',
    remedy: 'Look at what came just before each gap.',
    mappings: { attack: ['T1630.002'] },
    test: ({ fields = {} }) => (fields['from'] === '' ? null : `after ${(fields['after'] ?? '').slice(0, 200)}`),
    fixtures: {
      bad: fixtureRecord('ios.data-usage-gap', { from: '3', to: '4', after: 'com.example.app' }),
      good: fixtureRecord('ios.data-usage-gap', { from: '', to: '', after: '' }),
    },
  },
  {
    id: 'device.artefact.session-redirected',
    version: 1,
    artefacts: ['ios.webkit-session'],
    title: 'A site was reached by a redirect from another one, and led on again',
    severity: 'low',
    description: 'Links of attacks go through such chains; so do advertisements, shortened links and sign-in pages.',
    remedy: 'Hold the sites against lists of indicators.',
    mappings: { attack: ['T1456'] },
    test: ({ fields = {} }) =>
      (fields['from'] ?? '') !== '' && (fields['to'] ?? '') !== ''
        ? `from ${(fields['from'] ?? '').slice(0, 100)} to ${(fields['to'] ?? '').slice(0, 100)}`
        : null,
    fixtures: {
      bad: fixtureRecord('ios.webkit-session', { origin: 'b.test', from: 'a.test', to: 'c.test' }),
      good: fixtureRecord('ios.webkit-session', { origin: 'b.test', from: '', to: 'c.test' }),
    },
  },
  {
    id: 'device.artefact.shutdown-delayed',
    version: 1,
    artefacts: ['ios.shutdown'],
    title: 'A program kept the phone from going off again and again',
    severity: 'low',
    description:
      'The phone waits for programs to end and counts those that do not. Spyware was seen among them, and so were busy parts of the system.',
    remedy: 'Look at the path: programs of the system are in /usr and /System, apps in their containers.',
    mappings: { attack: ['T1624'] },
    test: ({ fields = {} }) =>
      Number(fields['count'] ?? 0) > MANY_DELAYS ? `${fields['count'] ?? ''} times at one shutdown` : null,
    fixtures: {
      bad: fixtureRecord('ios.shutdown', { path: '/usr/libexec/x', count: '5' }),
      good: fixtureRecord('ios.shutdown', { path: '/usr/libexec/x', count: '3' }),
    },
  },
  {
    id: 'device.artefact.process-hidden',
    version: 1,
    artefacts: ['ios.process-unlisted'],
    title: 'A process is missing from a list of all processes',
    severity: 'high',
    description:
      'It was there before the lists were made, and one of them has it. What hides itself from one tool and not from another was put there to hide.',
    remedy: 'Keep the phone on and as it is, and have an analyst look at the evidence.',
    mappings: { attack: ['T1628'] },
    test: ({ fields = {} }) => ((fields['without'] ?? '') === '' ? null : `not in ${fields['without'] ?? ''}`),
    fixtures: {
      bad: fixtureRecord('ios.process-unlisted', { process: 'bh', in: 'taskinfo.txt', without: 'ps.txt' }),
      good: fixtureRecord('ios.process-unlisted', { process: 'bh', in: 'taskinfo.txt', without: '' }),
    },
  },
  {
    id: 'device.artefact.parser-crash',
    version: 1,
    artefacts: ['ios.crash'],
    title: 'A part of the system that reads messages and media of strangers crashed',
    severity: 'medium',
    description: 'Attacks without a touch left such crashes, and so do pictures and videos that are only broken.',
    remedy: 'Look at what arrived just before; have an analyst look at the report.',
    mappings: { attack: ['T1664'] },
    test: ({ fields = {} }) => (PARSERS.has(fields['process'] ?? '') ? (fields['process'] ?? null) : null),
    fixtures: {
      bad: fixtureRecord('ios.crash', { process: 'IMTranscoderAgent' }),
      good: fixtureRecord('ios.crash', { process: 'Shop' }),
    },
  },
  {
    id: 'device.artefact.web-crash',
    version: 1,
    artefacts: ['ios.crash'],
    title: 'A page crashed the part of the system that shows it',
    severity: 'low',
    description: 'Attacks through pages leave such crashes; heavy and broken pages leave far more of them.',
    remedy: 'Look at what was visited just before.',
    mappings: { attack: ['T1456'] },
    test: ({ fields = {} }) => (WEB_CONTENT.test(fields['process'] ?? '') ? (fields['process'] ?? null) : null),
    fixtures: {
      bad: fixtureRecord('ios.crash', { process: 'com.apple.WebKit.WebContent' }),
      good: fixtureRecord('ios.crash', { process: 'Shop' }),
    },
  },
  {
    id: 'device.artefact.processor-report',
    version: 1,
    artefacts: ['ios.report'],
    title: 'A program used the processor far beyond what the system allows',
    severity: 'low',
    description: 'What mines or records for somebody else does so; so do apps with mistakes.',
    remedy: 'Look at the program, and whether it uses unusually much of the battery.',
    test: ({ fields = {} }) => (fields['type'] === '202' ? fields['process'] || 'a program' : null),
    fixtures: {
      bad: fixtureRecord('ios.report', { process: 'Shop', type: '202' }),
      good: fixtureRecord('ios.report', { process: 'Shop', type: '298' }),
    },
  },
  {
    id: 'device.artefact.installed-by-computer',
    version: 1,
    artefacts: ['ios.app-event'],
    title: 'A computer installed an app over the cable',
    severity: 'medium',
    description:
      'Developers and people who install apps from elsewhere do so, and whoever had the phone and its passcode for some minutes.',
    remedy: 'Ask the owner; remove the app if nobody knows it.',
    mappings: { attack: ['T1458'] },
    test: ({ fields = {} }) =>
      fields['event'] === 'asked for' && FROM_COMPUTER.test(fields['by'] ?? '') ? `by ${fields['by'] ?? ''}` : null,
    fixtures: {
      bad: fixtureRecord('ios.app-event', { app: 'Spy.ipa', event: 'asked for', by: 'streaming_zip_conduit' }),
      good: fixtureRecord('ios.app-event', { app: 'Shop.ipa', event: 'asked for', by: 'installcoordinationd' }),
    },
  },
  {
    id: 'device.artefact.other-distributor',
    version: 1,
    artefacts: ['ios.app-event'],
    title: 'An app came from another distributor than Apple',
    severity: 'medium',
    description: 'Since iOS 17.4 marketplaces may install apps in some countries. Apple checks such apps less closely.',
    remedy: 'Ask the owner whether they installed it.',
    mappings: { attack: ['T1474.003'] },
    test({ fields = {} }) {
      const by = fields['by'] ?? '';
      return fields['event'] === 'installed' && by !== '' && by !== '(null)' && !APPLE_DISTRIBUTORS.has(by)
        ? `from ${by}`
        : null;
    },
    fixtures: {
      bad: fixtureRecord('ios.app-event', { app: 'org.spy', event: 'installed', by: 'com.example.market' }),
      good: fixtureRecord('ios.app-event', { app: 'org.app', event: 'installed', by: 'com.apple.AppStore' }),
    },
  },
  {
    id: 'device.artefact.host-paired',
    version: 1,
    artefacts: ['ios.host-pairing'],
    title: 'The phone was paired with a computer',
    severity: 'low',
    description: 'A paired computer can make backups, read logs and install apps while the phone is unlocked.',
    remedy: 'Ask the owner whose computer it was; resetting location and privacy takes all pairings away.',
    mappings: { attack: ['T1458'] },
    test: ({ fields = {} }) => (fields['paired'] === 'true' ? (fields['event'] ?? 'paired') : null),
    fixtures: {
      bad: fixtureRecord('ios.host-pairing', { event: 'handle_pair', paired: 'true' }),
      good: fixtureRecord('ios.host-pairing', { event: 'handle_unpair', paired: 'false' }),
    },
  },
  {
    id: 'device.artefact.odd-activation',
    version: 1,
    artefacts: ['ios.activation'],
    title: 'The phone says that it is none of those that Apple sells',
    severity: 'high',
    description:
      'A phone that was set back for development, or runs a system that Apple uses inside, checks less of what it starts.',
    remedy: 'Take the phone out of use until somebody knows why.',
    mappings: { attack: ['T1398'] },
    test: ({ fields = {} }) => fields['odd'] || null,
    fixtures: {
      bad: fixtureRecord('ios.activation', { odd: 'is_prodfused_demoted=true' }),
      good: fixtureRecord('ios.activation', { odd: '', state: 'Activated' }),
    },
  },
  {
    id: 'device.artefact.network-configuration',
    version: 1,
    artefacts: ['ios.network-configuration'],
    title: 'An app or a profile decides how traffic leaves the phone',
    severity: 'low',
    description: 'VPNs and filters that the owner chose do so. One that nobody knows can read along or lead astray.',
    remedy: 'Ask the owner; remove what nobody knows in Settings > General > VPN & Device Management.',
    mappings: { attack: ['T1638'] },
    test: ({ fields = {} }) => fields['parts'] || null,
    fixtures: {
      bad: fixtureRecord('ios.network-configuration', { name: 'Free VPN', parts: 'VPN' }),
      good: fixtureRecord('ios.network-configuration', { name: 'Free VPN', parts: '' }),
    },
  },
];
