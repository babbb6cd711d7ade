import type { PolicyAction, PolicyDocument } from '@vedette/contracts';

function tell(audience: 'admin' | 'user', waitMinutes = 0): PolicyAction {
  return { id: `tell-${audience}`, connector: 'email', audience, effect: 'notify', waitMinutes, undo: true };
}

function ask(effect: 'quarantine' | 'block-access' | 'notify', waitMinutes = 0): PolicyAction {
  return { id: effect, connector: 'webhook', audience: 'admin', effect, waitMinutes, undo: true };
}

const DAY_MINUTES = 24 * 60;

/**
 * The policy an organisation starts with. Rules about the system's integrity, apps and networks ask for threats, which stay open until evidence shows that the cause is gone;
 * rules about settings name their signal, so that a device that does not answer is `unknown` rather than compliant.
 */
export const DEFAULT_POLICY: PolicyDocument = {
  schema: 'vedette.policy/1',
  name: 'Default policy',
  description: 'Sensible rules to start from. Try a change with the preview before it bites.',
  staleAfterHours: 72,
  appThresholds: { malice: 50, dataRisk: 70 },
  maxPatchAgeDays: 180,
  rules: [
    {
      id: 'compromised-device',
      title: 'Device is compromised',
      enabled: true,
      when: 'threats.exists(t, t.type in ["rooted", "boot-not-verified", "system-modified", "selinux-permissive"] && atLeast(t.severity, "high"))',
      severity: 'critical',
      compliance: 'non-compliant',
      userText:
        'The system of this device has been changed, so its protections cannot be relied on. Restore the manufacturer’s system image, or ask your administrator for help.',
      actions: [ask('quarantine'), tell('admin'), tell('user')],
    },
    {
      id: 'malicious-app',
      title: 'Malicious app installed',
      enabled: true,
      when: 'threats.exists(t, t.type == "malicious-app")',
      severity: 'critical',
      compliance: 'non-compliant',
      userText: 'A harmful app is installed. Remove it; access comes back by itself with the next report.',
      actions: [ask('block-access'), tell('admin'), tell('user')],
    },
    {
      id: 'suspicious-app',
      title: 'App shows signs of malice',
      enabled: true,
      when: 'threats.exists(t, t.type == "suspicious-app")',
      severity: 'medium',
      compliance: 'unchanged',
      userText: 'An installed app has much in common with harmful ones. Remove it unless you know it well.',
      actions: [tell('admin')],
    },
    {
      id: 'network-attack',
      title: 'Connection is being tampered with',
      enabled: true,
      when: 'threats.exists(t, t.kind == "network" && atLeast(t.severity, "high"))',
      severity: 'high',
      compliance: 'non-compliant',
      userText:
        'Somebody on this network can read or change what this device sends. Leave the network; use mobile data or the company VPN.',
      actions: [ask('block-access'), tell('admin'), tell('user')],
    },
    {
      id: 'planted-executable',
      title: 'Planted executable found',
      enabled: true,
      when: 'threats.exists(t, t.type == "planted-files")',
      severity: 'high',
      compliance: 'non-compliant',
      userText: 'A program was placed on this device outside the app stores. Ask your administrator to look at it.',
      actions: [tell('admin')],
    },
    {
      id: 'open-bootloader',
      title: 'Bootloader is unlocked or the system is a test build',
      enabled: true,
      when: 'threats.exists(t, t.type in ["bootloader-unlocked", "unofficial-build"])',
      severity: 'high',
      compliance: 'non-compliant',
      userText:
        'This device can run a changed system without anybody noticing. Lock the bootloader and restore the manufacturer’s release build.',
      actions: [tell('admin')],
    },
    {
      id: 'attestation-refused',
      title: 'Hardware does not vouch for the device',
      enabled: true,
      when: 'threats.exists(t, t.type == "attestation-refused" && atLeast(t.severity, "high"))',
      severity: 'high',
      compliance: 'non-compliant',
      userText:
        'The proof that this device gave of itself did not hold. Open the Vedette agent while online; if this stays, ask your administrator.',
      actions: [ask('block-access'), tell('admin')],
    },
    {
      id: 'no-screen-lock',
      title: 'Screen lock is off',
      enabled: true,
      when: 'signals["lock.screen"].status == "bad"',
      severity: 'high',
      compliance: 'non-compliant',
      userText: 'Anybody who picks up this device can use it. Set a PIN, password or pattern in Settings > Security.',
      actions: [tell('user'), tell('admin', DAY_MINUTES), ask('block-access', DAY_MINUTES)],
    },
    {
      id: 'not-encrypted',
      title: 'Storage is not encrypted',
      enabled: true,
      when: 'signals["storage.encryption"].status == "bad"',
      severity: 'high',
      compliance: 'non-compliant',
      userText:
        'What is stored on this device can be read by whoever finds it. Turn on encryption in Settings > Security.',
      actions: [tell('user'), tell('admin', DAY_MINUTES)],
    },
    {
      id: 'outdated-system',
      title: 'System is out of date',
      enabled: true,
      when: 'signals["os.patch-level"].status == "bad" || signals["os.version"].status == "bad" || threats.exists(t, t.type == "exploited-weakness")',
      severity: 'medium',
      compliance: 'non-compliant',
      userText: 'This device lacks security updates. Install the update offered in Settings > System.',
      actions: [tell('user'), tell('admin', 7 * DAY_MINUTES)],
    },
    {
      id: 'debugging-on',
      title: 'Debugging is on',
      enabled: true,
      when: 'signals["developer.usb-debugging"].status == "bad" || threats.exists(t, t.type == "wireless-debugging")',
      severity: 'medium',
      compliance: 'unchanged',
      userText:
        'A computer can control this device while debugging is on. Turn it off in Settings > System > Developer options.',
      actions: [tell('user', 60), tell('admin', DAY_MINUTES)],
    },
    {
      id: 'sideloaded-apps',
      title: 'Apps from outside a store',
      enabled: true,
      when: 'threats.exists(t, t.type in ["sideloaded-apps", "unknown-sources", "app-verification-off"])',
      severity: 'low',
      compliance: 'unchanged',
      userText: 'Apps that did not come from a store were not checked by one. Remove those you do not know.',
      actions: [tell('admin', 60)],
    },
    {
      id: 'risky-app',
      title: 'App handles data carelessly',
      enabled: true,
      when: 'threats.exists(t, t.type == "risky-app")',
      severity: 'medium',
      compliance: 'unchanged',
      userText:
        'An installed app does not look after data as it should. Ask your administrator whether it may be used for work.',
      actions: [tell('admin')],
    },
    {
      id: 'accessibility-service',
      title: 'Unexpected accessibility service',
      enabled: true,
      when: 'threats.exists(t, t.type == "accessibility-abuse" && atLeast(t.severity, "medium"))',
      severity: 'medium',
      compliance: 'unchanged',
      userText:
        'An app can read the screen and press buttons for you. Turn it off in Settings > Accessibility unless you need it.',
      actions: [tell('admin')],
    },
    {
      id: 'silent-device',
      title: 'Device is silent',
      enabled: true,
      when: 'signals["agent.contact"].status == "bad" && signals["agent.contact"].ageSeconds > 24 * 3600',
      severity: 'low',
      compliance: 'unchanged',
      userText: 'This device has not reported for a day. Open the Vedette agent while you are online.',
      actions: [tell('admin'), tell('user')],
    },
    {
      id: 'reports-do-not-add-up',
      title: 'Reports do not add up',
      enabled: true,
      when: 'threats.exists(t, t.type == "report-anomaly")',
      severity: 'low',
      compliance: 'unchanged',
      userText: '',
      actions: [tell('admin')],
    },
  ],
};
