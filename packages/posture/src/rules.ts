import type { Evidence, Finding, Mappings, Observation, Severity } from '@vedette/contracts';

/** What is fixed about one kind of device finding. */
export interface DeviceRule {
  readonly version: number;
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters. */
  readonly description: string;
  readonly remedy: string;
  readonly mappings?: Mappings;
}

const RESTORE =
  'Restore the manufacturer’s system image, then enrol the device again. Keep company data off it until then.';

/**
 * All device rules. ATT&CK ids are of ATT&CK for Mobile, NIST ids of the Mobile Threat Catalogue; a test checks both against
 * the published catalogues. Severities: no lock or no encryption high, USB debugging medium, developer options low, patch
 * level by age.
 */
export const DEVICE_RULES = {
  'device.os.unsupported': {
    version: 1,
    title: 'The OS version gets no security updates any more',
    severity: 'high',
    description: 'New weaknesses of this version are published and not repaired.',
    remedy: 'Update to a supported version; if none is offered, replace the device.',
    mappings: { attack: ['T1404'], nist: ['APP-4'] },
  },
  'device.os.known-exploited': {
    version: 1,
    title: 'Weaknesses that attackers use are open',
    severity: 'high',
    description:
      'These weaknesses were found in use against people before or after they were repaired; whoever has the tools can use them against this device.',
    remedy:
      'Install the system update offered in Settings now; if none is offered, do not use the device for work, and replace it.',
    mappings: { attack: ['T1404', 'T1664'], nist: ['STA-0', 'APP-26'] },
  },
  'device.patch-level.old': {
    version: 1,
    title: 'The security patch level is old',
    severity: 'medium',
    description: 'Weaknesses repaired since then are publicly described and can be used against this device.',
    remedy:
      'Install the security update offered in Settings; if none is offered, ask the manufacturer or replace the device.',
    mappings: { attack: ['T1404'], nist: ['STA-0', 'APP-26'] },
  },
  'device.patch-level.unparseable': {
    version: 1,
    title: 'The security patch level is not a date',
    severity: 'medium',
    description:
      'A genuine build states its patch level as a calendar date. Something else is a modified or made-up build.',
    remedy: 'Compare the build with the manufacturer’s; restore the manufacturer’s system image if it differs.',
    mappings: { nist: ['STA-0'] },
  },
  'device.patch-level.future': {
    version: 1,
    title: 'The security patch level lies in the future',
    severity: 'medium',
    description: 'No build can hold patches that do not exist yet: the value was changed, or the clock is wrong.',
    remedy: 'Check the clock; compare the build with the manufacturer’s.',
    mappings: { nist: ['STA-0'] },
  },
  'device.update.available': {
    version: 1,
    title: 'A system update has been available for long',
    severity: 'medium',
    description: 'Weaknesses repaired by the update are publicly described and can be used against this device.',
    remedy: 'Install the update offered in Settings > General > Software Update.',
    mappings: { attack: ['T1404'], nist: ['STA-0'] },
  },
  'device.storage.unencrypted': {
    version: 1,
    title: 'The storage is not encrypted',
    severity: 'high',
    description: 'Whoever holds the device can read everything on it.',
    remedy: 'Turn on storage encryption in Settings > Security. On iOS, set a passcode.',
    mappings: { nist: ['PHY-0'] },
  },
  'device.lock.none': {
    version: 1,
    title: 'There is no screen lock',
    severity: 'high',
    description:
      'Whoever picks the device up can use everything on it, and the keys that protect the storage have no secret.',
    remedy: 'Set a PIN, password or pattern in Settings > Security.',
    mappings: { attack: ['T1461'], nist: ['PHY-0', 'PHY-4', 'AUT-2'] },
  },
  'device.developer.options': {
    version: 1,
    title: 'Developer options are on',
    severity: 'low',
    description: 'They open settings that weaken the protection of the device.',
    remedy: 'Turn off Developer options in Settings > System.',
    mappings: { nist: ['STA-8', 'PHY-2'] },
  },
  'device.developer.usb-debugging': {
    version: 1,
    title: 'USB debugging is on',
    severity: 'medium',
    description: 'A computer this device trusts can install apps and read data over the cable.',
    remedy: 'Turn off USB debugging in Settings > System > Developer options, and revoke the authorisations there.',
    mappings: { attack: ['T1458'], nist: ['STA-6', 'PHY-2'] },
  },
  'device.developer.wireless-debugging': {
    version: 1,
    title: 'Wireless debugging is on',
    severity: 'medium',
    description: 'A paired computer on the same network can install apps and read data.',
    remedy: 'Turn off Wireless debugging in Settings > System > Developer options.',
    mappings: { attack: ['T1458'], nist: ['PHY-2'] },
  },
  'device.verified-boot': {
    version: 1,
    title: 'Verified boot did not verify the system',
    severity: 'high',
    description: 'The system that runs was not signed by the manufacturer, or nobody checked: anything may be in it.',
    remedy: RESTORE,
    mappings: { attack: ['T1398'], nist: ['STA-15'] },
  },
  'device.verity': {
    version: 1,
    title: 'The system partitions are not checked while running',
    severity: 'high',
    description: 'dm-verity is not enforcing: changes to the system go unnoticed.',
    remedy: RESTORE,
    mappings: { attack: ['T1398'], nist: ['STA-15', 'APP-27'] },
  },
  'device.bootloader.unlocked': {
    version: 1,
    title: 'The bootloader is unlocked',
    severity: 'high',
    description: 'Any system image can be started, also by a stranger with a cable; root usually begins here.',
    remedy: 'Restore the manufacturer’s system image and lock the bootloader. This erases the device.',
    mappings: { attack: ['T1398'], nist: ['STA-15'] },
  },
  'device.build.test-keys': {
    version: 1,
    title: 'The system was signed with test keys',
    severity: 'high',
    description: 'The private part of these keys is public: anyone can make apps the system takes for its own.',
    remedy: RESTORE,
    mappings: { attack: ['T1474.003'], nist: ['STA-1'] },
  },
  'device.build.type': {
    version: 1,
    title: 'The system is a development build',
    severity: 'high',
    description: 'Builds of type userdebug and eng give a root shell to anyone with USB debugging.',
    remedy: RESTORE,
    mappings: { attack: ['T1474.003'], nist: ['STA-1'] },
  },
  'device.build.debuggable': {
    version: 1,
    title: 'The system is debuggable',
    severity: 'high',
    description: 'ro.debuggable=1 lets a debugger into every app and adb become root.',
    remedy: RESTORE,
    mappings: { attack: ['T1404'], nist: ['STA-1'] },
  },
  'device.build.insecure': {
    version: 1,
    title: 'adb runs as root',
    severity: 'high',
    description: 'ro.secure=0 gives the shell of a connected computer the rights of root.',
    remedy: RESTORE,
    mappings: { attack: ['T1404'], nist: ['STA-1'] },
  },
  'device.selinux': {
    version: 1,
    title: 'SELinux does not enforce',
    severity: 'high',
    description: 'The wall between apps and system only logs: one weakness in any service opens the device.',
    remedy: RESTORE,
    mappings: { attack: ['T1629.003'], nist: ['STA-1'] },
  },
  'device.root.binary': {
    version: 1,
    title: 'A root binary is installed',
    severity: 'high',
    description: 'It hands root to apps: the separation of apps and the protection of their data no longer hold.',
    remedy: RESTORE,
    mappings: { attack: ['T1404'], nist: ['STA-1', 'APP-25'] },
  },
  'device.root.mount': {
    version: 1,
    title: 'A rooting kit is mounted over the system',
    severity: 'high',
    description: 'Magisk, KernelSU and APatch change the system by mounting their files over it.',
    remedy: RESTORE,
    mappings: { attack: ['T1398'], nist: ['STA-1', 'APP-25'] },
  },
  'device.root.process': {
    version: 1,
    title: 'A service of a rooting kit is running',
    severity: 'high',
    description: 'It hands root to apps: the separation of apps and the protection of their data no longer hold.',
    remedy: RESTORE,
    mappings: { attack: ['T1404'], nist: ['STA-1', 'APP-25'] },
  },
  'device.root.manager': {
    version: 1,
    title: 'An app for managing root is installed',
    severity: 'medium',
    description: 'Such an app has no use on a device without root. By itself it proves none.',
    remedy: 'Remove the app; find out whether the device is or was rooted.',
    mappings: { attack: ['T1404'], nist: ['STA-1'] },
  },
  'device.root.heuristic': {
    version: 1,
    title: 'The agent saw signs of root or jailbreak',
    severity: 'medium',
    description: 'Checks from inside an app can be wrong and can be deceived; they are a reason to look, not a proof.',
    remedy: 'Collect a bug report or check over USB, or ask for an attestation of the device.',
    mappings: { attack: ['T1630.003'], nist: ['STA-1', 'EMM-5'] },
  },
  'device.mount.writable-system': {
    version: 1,
    title: 'A system partition is writable',
    severity: 'high',
    description: 'On an intact device they are read-only; writable ones can be changed to survive a restart.',
    remedy: RESTORE,
    mappings: { attack: ['T1398'], nist: ['APP-27'] },
  },
  'device.planted-file': {
    version: 1,
    title: 'A program lies in the temporary folder',
    severity: 'high',
    description:
      'Anyone with a debugging shell can put programs into /data/local/tmp; exploits and spyware start there.',
    remedy: 'Find out who put the file there; keep a copy for analysis, then remove it.',
    mappings: { attack: ['T1544'], nist: ['PHY-2'] },
  },
  'device.apps.unknown-sources': {
    version: 1,
    title: 'Apps from unknown sources may be installed',
    severity: 'medium',
    description: 'Apps outside the stores were checked by nobody; most Android malware arrives this way.',
    remedy: 'Turn off “Install unknown apps” for these apps in Settings > Apps > Special app access.',
    mappings: { attack: ['T1632.001'], nist: ['APP-15', 'ECO-23'] },
  },
  'device.apps.verifier-off': {
    version: 1,
    title: 'App verification is off',
    severity: 'medium',
    description: 'Play Protect does not look at apps before they are installed.',
    remedy: 'Turn on Play Protect scanning in the Play Store’s menu.',
    mappings: { attack: ['T1629.003'], nist: ['APP-15'] },
  },
  'device.apps.verifier-adb-off': {
    version: 1,
    title: 'Apps installed over USB are not verified',
    severity: 'low',
    description: 'Play Protect does not look at apps a computer installs.',
    remedy: 'Turn on “Verify apps over USB” in Developer options, then turn Developer options off.',
    mappings: { attack: ['T1629.003'], nist: ['STA-6'] },
  },
  'device.app.powerful': {
    version: 1,
    title: 'An app from no store holds great powers',
    severity: 'high',
    description:
      'Nobody checked the app, and it may read messages and calls as they come, one-time codes among them, or nearly everything on the device.',
    remedy: 'Remove the app, or take its permissions away in Settings > Apps, unless your organisation installed it.',
    mappings: { attack: ['T1636.004'], nist: ['APP-14'] },
  },
  'device.app.sideloaded': {
    version: 1,
    title: 'An app did not come from a store',
    severity: 'medium',
    description: 'Nobody vouches for where this app came from.',
    remedy: 'Remove the app, or have it appraised and approved by an administrator.',
    mappings: { attack: ['T1655'], nist: ['APP-14', 'APP-15'] },
  },
  'device.app.notification-access': {
    version: 1,
    title: 'An app may read every notification',
    severity: 'high',
    description: 'Notifications hold messages and one-time codes; whoever reads them can sign in as the owner.',
    remedy: 'Turn the access off in Settings > Apps > Special app access, and remove the app.',
    mappings: { attack: ['T1517'] },
  },
  'device.app.device-admin': {
    version: 1,
    title: 'An app is an administrator of the device',
    severity: 'high',
    description: 'An administrator can lock the screen, wipe the device and keep itself from being removed.',
    remedy: 'Turn it off in Settings > Security > Device admin apps, and remove the app.',
    mappings: { attack: ['T1626.001'], nist: ['APP-22'] },
  },
  'device.app.overlay': {
    version: 1,
    title: 'An app may draw over other apps',
    severity: 'medium',
    description: 'What is drawn over another app can ask for a password in its name.',
    remedy: 'Turn it off in Settings > Apps > Special app access > Display over other apps.',
    mappings: { attack: ['T1417.002'] },
  },
  'device.app.usage-access': {
    version: 1,
    title: 'An app may see which apps are used',
    severity: 'medium',
    description: 'Trojans watch which app is opened, to come up over it.',
    remedy: 'Turn it off in Settings > Apps > Special app access > Usage access.',
    mappings: { attack: ['T1424'] },
  },
  'device.app.default': {
    version: 1,
    title: 'An app from no store handles keys, messages, calls or the assistant',
    severity: 'high',
    description: 'A keyboard sees what is typed; the app for messages gets one-time codes.',
    remedy: 'Choose another app in Settings > Apps > Default apps, and remove this one.',
    mappings: { attack: ['T1417.001', 'T1582'] },
  },
  'device.app.screen-capture': {
    version: 1,
    title: 'An app was capturing the screen',
    severity: 'high',
    description: 'Whoever captures the screen sees what the owner sees.',
    remedy: 'End the capture, and remove the app if you did not start it.',
    mappings: { attack: ['T1513'], nist: ['APP-40'] },
  },
  'device.developer.mock-location': {
    version: 1,
    title: 'An app may make up where the device is',
    severity: 'medium',
    description: 'Rules that depend on the place do not hold on this device.',
    remedy: 'Choose no app in Settings > System > Developer options > Select mock location app.',
    mappings: { nist: ['PHY-2'] },
  },
  'device.app.protection-disabled': {
    version: 1,
    title: 'An app that updates or protects the device is switched off',
    severity: 'medium',
    description: 'Whoever had the device in hands, or a program over USB, can switch such apps off without root.',
    remedy: 'Switch the app on again in Settings > Apps; ask who switched it off.',
    mappings: { attack: ['T1629.003'] },
  },
  'device.lock.find-my-off': {
    version: 1,
    title: 'A lost device cannot be found or made useless',
    severity: 'low',
    description: 'Without Find My and Activation Lock whoever takes the device can erase it and use it.',
    remedy: 'Turn on Find My in Settings > your name > Find My.',
    mappings: { nist: ['PHY-0'] },
  },
  'device.lock.weak': {
    version: 1,
    title: 'The passcode does not meet the rules',
    severity: 'medium',
    description: 'A short or simple passcode is guessed, by a person or by a machine.',
    remedy: 'Choose a longer passcode in Settings > Face ID & Passcode.',
    mappings: { nist: ['AUT-2'] },
  },
  'device.lock.late': {
    version: 1,
    title: 'The device stays open for long',
    severity: 'low',
    description: 'Whoever picks it up in that time needs no code.',
    remedy: 'Set a shorter time in Settings > Display > Screen timeout.',
    mappings: { nist: ['PHY-4'] },
  },
  'device.vendor-patch.old': {
    version: 1,
    title: 'Drivers and firmware were not patched for more than a year',
    severity: 'medium',
    description: 'The patch level of the system says nothing about them; their weaknesses are publicly described.',
    remedy:
      'Install the system update offered in Settings; if none is offered, ask the manufacturer or replace the device.',
    mappings: { attack: ['T1404'], nist: ['STA-9'] },
  },
  'device.network.always-on-vpn': {
    version: 1,
    title: 'An app carries all traffic of the device',
    severity: 'high',
    description: 'The app of an always-on VPN sees where everything goes, and can lead it elsewhere.',
    remedy: 'Turn it off in Settings > Network & internet > VPN, and remove the app.',
    mappings: { attack: ['T1638'] },
  },
  'device.modules.old': {
    version: 1,
    title: 'System modules are old',
    severity: 'low',
    description:
      'Parts of the system that are updated through the store (media, network, certificates) have had no patches for long.',
    remedy: 'Install the Google Play system update offered in Settings > Security & privacy.',
    mappings: { attack: ['T1404'], nist: ['APP-8'] },
  },
  'device.update.pending': {
    version: 1,
    title: 'An update waits to be installed',
    severity: 'low',
    description: 'What the update repairs is known to others as soon as it is published.',
    remedy: 'Install the update that waits in Settings.',
    mappings: { attack: ['T1404'], nist: ['STA-0'] },
  },
  'device.model.unsupported': {
    version: 1,
    title: 'The maker publishes no more updates for this model',
    severity: 'high',
    description: 'New weaknesses of this model are published and not repaired.',
    remedy: 'Replace the device; keep company data off it if that takes long.',
    mappings: { attack: ['T1404'], nist: ['APP-4'] },
  },
  'device.clock': {
    version: 1,
    title: 'The clock is wrong',
    severity: 'low',
    description:
      'Certificates, one-time passwords and the order of events rest on the clock; a wrong one hides expired certificates.',
    remedy: 'Turn on automatic date and time in Settings.',
    mappings: { nist: ['STA-0'] },
  },
  'device.profile.intercepts': {
    version: 1,
    title: 'A profile that management did not install can see or redirect traffic',
    severity: 'high',
    description:
      'Such a profile can send the traffic of the device through somebody else, or make the device trust their certificates.',
    remedy:
      'Remove the profile in Settings > General > VPN & Device Management, unless your organisation installed it.',
    mappings: { attack: ['T1638'], nist: ['STA-7'] },
  },
  'device.profile.unmanaged': {
    version: 1,
    title: 'A profile that management did not install',
    severity: 'low',
    description: 'Profiles change settings of the device for whoever wrote them.',
    remedy:
      'Remove the profile in Settings > General > VPN & Device Management, unless your organisation installed it.',
    mappings: { attack: ['T1632'], nist: ['STA-7'] },
  },
  'device.lock.trust-agent': {
    version: 1,
    title: 'An app may keep the device unlocked',
    severity: 'medium',
    description: 'A trust agent can tell the system that the holder is there, and the lock stays open.',
    remedy: 'Turn the trust agent off in Settings > Security > More security > Trust agents.',
    mappings: { attack: ['T1461'], nist: ['AUT-7'] },
  },
  'device.developer.trusted-hosts': {
    version: 1,
    title: 'Computers may debug this device without asking',
    severity: 'low',
    description:
      'Whoever uses one of these computers can read and change what the device allows to debuggers, as soon as USB debugging is on.',
    remedy: 'Revoke USB debugging authorisations in Settings > System > Developer options.',
    mappings: { attack: ['T1458'], nist: ['PHY-2'] },
  },
  'device.developer.usb-data': {
    version: 1,
    title: 'The device is open over USB',
    severity: 'low',
    description:
      'What is at the other end of the cable can read files of the device, share its network, or talk to it while it is locked.',
    remedy:
      'Choose “No data transfer” in the USB notification; on managed iPhones, do not let management turn off USB Restricted Mode.',
    mappings: { attack: ['T1458'], nist: ['PHY-1'] },
  },
  'device.emulator': {
    version: 1,
    title: 'The device is an emulator',
    severity: 'medium',
    description:
      'The computer that runs it can read and change everything in it; attackers use emulators to register as many phones.',
    remedy: 'Use a real device for work.',
    mappings: { attack: ['T1633.001'], nist: ['EMM-5'] },
  },
  'device.backup.cloud': {
    version: 1,
    title: 'A company device is backed up to a private cloud',
    severity: 'low',
    description: 'Data of apps leaves the device for an account that the organisation does not govern.',
    remedy: 'Let management forbid the backup, or move company data into managed apps.',
    mappings: { nist: ['ECO-1'] },
  },
  'device.network.user-ca': {
    version: 1,
    title: 'A root certificate was added',
    severity: 'medium',
    description:
      'Whoever has the key of this certificate can pose as any server to apps that trust added certificates, and read what they send.',
    remedy: 'Remove the certificate in Settings, unless your organisation installed it.',
    mappings: { attack: ['T1638', 'T1632'], nist: ['EMM-0'] },
  },
  'device.management.non-compliant': {
    version: 1,
    title: 'The device does not meet the rules of its management',
    severity: 'medium',
    description: 'Management asked for settings that the device does not have.',
    remedy: 'Open the management app and follow what it asks for.',
    mappings: { nist: ['EMM-6'] },
  },
  'device.network.private-dns': {
    version: 1,
    title: 'All names are looked up at a server that is not widely known',
    severity: 'low',
    description: 'Whoever answers the questions for names sees where the device goes, and can send it elsewhere.',
    remedy: 'Set Private DNS to Automatic in the network settings, unless your organisation chose the provider.',
    mappings: { attack: ['T1638'] },
  },
  'device.app.energy': {
    version: 1,
    title: 'An app uses unusually much energy in the background',
    severity: 'medium',
    description: 'Mining, recording and constant tracking cost energy, and so do faults of an app.',
    remedy: 'Look at what the app does and whether it should; remove it, or restrict it in Settings > Apps > Battery.',
    mappings: { nist: ['APP-38'] },
  },
  'device.app.network-use': {
    version: 1,
    title: 'An app uses the network unusually much in the background',
    severity: 'medium',
    description: 'What leaves a phone unseen leaves in the background; so do backups and downloads.',
    remedy:
      'Look at what the app sends and whether it should; remove it, or restrict it in Settings > Apps > Mobile data.',
    mappings: { attack: ['T1646'], nist: ['APP-38'] },
  },
  'device.app.kept-awake': {
    version: 1,
    title: 'An app keeps the device awake unusually long',
    severity: 'medium',
    description: 'What records or watches needs a device that is awake; so do faults of an app.',
    remedy: 'Look at what the app does and whether it should; remove it, or restrict it in Settings > Apps > Battery.',
    mappings: { nist: ['APP-38'] },
  },
  'device.app.accessibility': {
    version: 1,
    title: 'An app may read and control the screen',
    severity: 'medium',
    description:
      'An accessibility service sees everything shown and typed and can press any button; banking trojans need it.',
    remedy: 'Turn the service off in Settings > Accessibility unless you need it and know the app.',
    mappings: { attack: ['T1453', 'T1516'], nist: ['APP-37'] },
  },
  'device.network.tampering': {
    version: 1,
    title: 'A network changed or intercepted traffic',
    severity: 'high',
    description: 'Connections of this device were answered by somebody else than the server they were meant for.',
    remedy: 'Leave this network; use mobile data or the company VPN. Change passwords typed while connected.',
    mappings: { attack: ['T1638'] },
  },
  'device.network.proxy': {
    version: 1,
    title: 'All web traffic goes through a proxy',
    severity: 'medium',
    description:
      'Whoever runs the proxy sees which hosts are visited, and with a certificate on the device everything.',
    remedy: 'Remove the proxy in the network settings, unless your organisation set it.',
    mappings: { attack: ['T1638'] },
  },
  'device.contradiction': {
    version: 1,
    title: 'The evidence contradicts itself',
    severity: 'medium',
    description: 'Two statements about the same thing exclude each other: one of them is wrong or was made up.',
    remedy: 'Collect the evidence again; if it stays, treat the device as one that hides its state.',
    mappings: { attack: ['T1630.003'], nist: ['EMM-5'] },
  },
} as const satisfies Record<string, DeviceRule>;

export type RuleId = keyof typeof DEVICE_RULES;

/** What differs from finding to finding. */
export interface FindingDetail {
  readonly evidence: readonly Evidence[];
  readonly severity?: Severity;
  /** Replaces the rule's title where a more telling one can be given. */
  readonly title?: string;
  readonly description?: string;
}

/** Most pieces of evidence in one finding; the rest is counted. */
const MAX_EVIDENCE = 20;

/** A finding of a rule, status `bad`. */
export function findingOf(id: RuleId, detail: FindingDetail): Finding {
  const rule: DeviceRule = DEVICE_RULES[id];
  const omitted = detail.evidence.length - MAX_EVIDENCE;
  return {
    ruleId: id,
    ruleVersion: rule.version,
    title: detail.title ?? rule.title,
    severity: detail.severity ?? rule.severity,
    status: 'bad',
    description: detail.description ?? rule.description,
    remedy: rule.remedy,
    evidence: detail.evidence.slice(0, MAX_EVIDENCE),
    ...(omitted > 0 ? { evidenceOmitted: omitted } : {}),
    ...(rule.mappings === undefined ? {} : { mappings: copyMappings(rule.mappings) }),
  };
}

/** An observation as evidence: what was seen, where, and how far it can be trusted. */
export function observed(observation: Observation, note: string): Evidence {
  return {
    kind: 'observation',
    signal: observation.key,
    source: observation.source,
    trust: observation.trust,
    value: observation.value,
    observedAt: observation.observedAt ?? observation.collectedAt,
    ...(observation.rawRef === undefined ? {} : { rawRef: observation.rawRef }),
    note,
  };
}

function copyMappings(mappings: Mappings): Mappings {
  return {
    ...(mappings.attack === undefined ? {} : { attack: [...mappings.attack] }),
    ...(mappings.nist === undefined ? {} : { nist: [...mappings.nist] }),
  };
}
