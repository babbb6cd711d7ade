import {
  ACCESSIBILITY,
  CLICKS,
  LIVE,
  ONLINE,
  OPENS_WINDOW,
  PRESSES_BACK,
  READS_SCREEN,
  RUNS_PROGRAM,
  SENDS,
  SPYING_COMMANDS,
  STARTS_ACTIVITY,
} from './behaviour-parts.ts';
import type { BehaviourRow } from './behaviour-rule.ts';

/**
 * Acting in the owner's place. The identifiers are of views and pages of the platform's own apps; honest accessibility services act on what the owner chose and have no
 * business with these.
 */
export const TAKEOVER_ROWS: readonly BehaviourRow[] = [
  {
    name: 'removal-prevented',
    title:
      'One class of an accessibility service, with what it calls, knows the pages for removing apps, and presses Back or Home',
    why: 'Who opens the page to remove the app is thrown out of it. Apps for parents and for phone blocking work the same way, by agreement.',
    remedy: 'Remove the app in safe mode, where accessibility services do not run.',
    severity: 'high',
    malice: { base: 18 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1629.001', 'T1516'] },
    guard: ACCESSIBILITY,
    parts: [
      {
        strings: [
          'com.android.settings',
          'com.google.android.packageinstaller',
          'com.android.packageinstaller',
          'com.miui.securitycenter',
          'com.samsung.android.lool',
          'com.huawei.systemmanager',
          'com.coloros.safecenter',
          'com.android.settings.applications.InstalledAppDetailsTop',
          'com.android.packageinstaller.UninstallerActivity',
        ],
        note: 'knows a page where apps are removed',
      },
      PRESSES_BACK,
    ],
  },
  {
    name: 'permissions-clicked',
    title:
      'One class of an accessibility service, with what it calls, knows the button that grants permissions, and clicks',
    why: 'The app grants itself what the owner would have to be asked for. Test tools do it on phones of their own.',
    remedy: 'Switch the service off, and take back the permissions of the app.',
    severity: 'high',
    malice: { base: 22 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1516', 'T1626'] },
    guard: ACCESSIBILITY,
    parts: [
      {
        pattern: {
          shape:
            /^com\.(?:google\.)?android\.(?:permissioncontroller|packageinstaller):id\/permission_(?:allow|deny|grant)[a-z_]*$/,
          samples: ['com.android.permissioncontroller:id/permission_allow_button'],
        },
        note: 'knows the button that grants a permission',
      },
      CLICKS,
    ],
  },
  {
    name: 'installation-clicked',
    title: 'One class of an accessibility service, with what it calls, knows the page that installs apps, and clicks',
    why: 'Further apps are installed without the owner. Some app stores offer this to save clicks.',
    remedy: 'Switch the service off, and look for apps that nobody installed.',
    severity: 'high',
    malice: { base: 16 },
    classes: ['dropper', 'trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1516', 'T1544'] },
    guard: ACCESSIBILITY,
    parts: [
      {
        pattern: {
          shape:
            /^com\.(?:google\.)?android\.packageinstaller:id\/(?:ok_button|install_confirm|done_button|launch_button)[a-z_]*$/,
          samples: ['com.android.packageinstaller:id/ok_button'],
        },
        note: 'knows the button that installs an app',
      },
      CLICKS,
    ],
  },
  {
    name: 'screen-lock-watched',
    title:
      'One class of an accessibility service, with what it calls, knows the parts of the lock screen, and reads the screen',
    why: 'PIN and pattern can be read as they are entered, and used later when nobody looks.',
    remedy: 'Switch the service off, then change the PIN or pattern.',
    severity: 'high',
    malice: { base: 36 },
    classes: ['spyware', 'trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1417.001', 'T1453'] },
    guard: ACCESSIBILITY,
    parts: [
      {
        pattern: {
          shape:
            /^com\.android\.systemui:id\/(?:lockPatternView|pinEntry|passwordEntry|key_enter|digit_text|lock_icon|keyguard_[a-z_]+)$/,
          samples: ['com.android.systemui:id/lockPatternView'],
        },
        note: 'knows a part of the lock screen',
      },
      READS_SCREEN,
    ],
  },
  {
    name: 'authenticator-read',
    title: 'One class of an accessibility service, with what it calls, names an authenticator app and reads the screen',
    why: 'One-time codes are shown there. Whoever reads them passes the second check of a bank.',
    remedy: 'Switch the service off, and renew the secrets of the authenticator.',
    severity: 'high',
    malice: { base: 22 },
    classes: ['trojan', 'spyware'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1453', 'T1417.001'] },
    guard: ACCESSIBILITY,
    parts: [
      {
        strings: [
          'com.google.android.apps.authenticator2',
          'com.azure.authenticator',
          'com.authy.authy',
          'com.duosecurity.duomobile',
          'com.okta.android.auth',
        ],
        pattern: {
          shape: /^com\.(?:google\.android\.apps\.authenticator2|azure\.authenticator|authy\.authy):id\//,
          samples: ['com.google.android.apps.authenticator2:id/pin_value'],
        },
        note: 'names an authenticator app',
      },
      READS_SCREEN,
    ],
  },
  {
    name: 'messenger-read',
    title:
      'One class of an accessibility service, with what it calls, names a messenger, reads the screen and talks to the network',
    why: 'What is encrypted on its way can be read from the screen. Apps for parents say that they do this.',
    remedy: 'Switch the service off unless the person who carries the phone agreed to it.',
    severity: 'high',
    malice: { base: 16 },
    classes: ['spyware', 'surveillance'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1453', 'T1646'] },
    guard: ACCESSIBILITY,
    asks: ONLINE,
    parts: [
      {
        pattern: {
          shape:
            /^(?:com\.whatsapp|org\.telegram\.messenger|com\.facebook\.orca|org\.thoughtcrime\.securesms|com\.viber\.voip|com\.tencent\.mm|jp\.naver\.line\.android|com\.instagram\.android|com\.snapchat\.android)(?::id\/.*)?$/,
          samples: ['com.whatsapp:id/conversation_contact_name'],
        },
        note: 'names a messenger',
      },
      READS_SCREEN,
      SENDS,
    ],
  },
  {
    name: 'bank-watched',
    title:
      'One class of an accessibility service, with what it calls, names banking or wallet apps and opens a window or page',
    why: 'A false sign-in page appears when the bank’s app is opened, and takes the password.',
    remedy: 'Remove the app, and change passwords for banking from another device.',
    severity: 'critical',
    malice: { base: 24 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1417.002', 'T1424'] },
    guard: ACCESSIBILITY,
    parts: [
      {
        pattern: {
          shape:
            /^[a-z][\w]*(?:\.[\w]+)*\.?[\w]*(?:bank|banc[ao]|wallet|paypal|coinbase|binance|kraken\.trade|metamask|trustapp|blockchain|revolut|santander|bbva|barclays|hsbc|commerz|sparkasse|unicredit|caixa|chase\.sig)[\w]*(?:\.[\w]+)*$/i,
          samples: ['com.example.mobilebank', 'com.example.wallet.app'],
        },
        least: 2,
        note: 'names banking or wallet apps',
      },
      {
        calls: [...(OPENS_WINDOW.calls ?? []), ...(STARTS_ACTIVITY.calls ?? [])],
        note: 'opens a window or a page',
      },
    ],
  },
  {
    name: 'accessibility-commanded',
    title:
      'One class of an accessibility service, with what it calls, holds words that are commands for spying, and reads or operates other apps',
    why: 'A server decides what is read and touched in other apps. Apps for remote help take touches, not such words.',
    remedy: 'Switch the service off, and take the phone off the network.',
    severity: 'critical',
    malice: { base: 20 },
    classes: ['backdoor', 'trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1516', 'T1453', 'T1437'] },
    guard: ACCESSIBILITY,
    asks: ONLINE,
    parts: [
      { pattern: SPYING_COMMANDS, least: 3, note: 'words for commands' },
      {
        calls: [...(CLICKS.calls ?? []), ...(READS_SCREEN.calls ?? [])],
        note: 'reads or operates another app',
      },
    ],
  },
  {
    name: 'accessibility-forced',
    title: 'One class, with what it calls, writes the setting that switches accessibility services on',
    why: 'An accessibility service can see and do everything; the owner must switch it on. Tools for automation set it after an approval over USB.',
    remedy: 'Look under accessibility in the settings, and switch off what is not known.',
    severity: 'high',
    malice: { base: 14 },
    classes: ['trojan', 'riskware'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1453', 'T1626'] },
    parts: [
      { strings: ['enabled_accessibility_services'], note: 'names the setting' },
      {
        calls: [
          { class: 'android.provider.Settings$Secure', name: 'putString' },
          { class: 'java.lang.Runtime', name: 'exec' },
          { class: 'java.lang.ProcessBuilder', name: 'start' },
        ],
        note: 'writes a setting, or has a program do it',
      },
    ],
  },
  {
    name: 'app-check-disabled',
    title:
      'One class, with what it calls, knows the setting that checks apps for harm, and changes a setting or clicks',
    why: 'With Play Protect off, nothing on the phone checks what is installed next.',
    remedy: 'Switch Play Protect on again, and remove the app.',
    severity: 'high',
    malice: { base: 18 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1629.003'] },
    parts: [
      {
        strings: [
          'package_verifier_enable',
          'package_verifier_user_consent',
          'verifier_verify_adb_installs',
          'com.google.android.gms.security.settings.VerifyAppsSettingsActivity',
          'com.google.android.finsky.protectssettings.ProtectSettingsActivity',
          'upload_apk_enable',
        ],
        note: 'knows the setting of Play Protect',
      },
      {
        calls: [
          ...(CLICKS.calls ?? []),
          { class: 'android.provider.Settings$Global', name: 'putInt' },
          { class: 'android.provider.Settings$Secure', name: 'putInt' },
          ...(RUNS_PROGRAM.calls ?? []),
        ],
        note: 'changes a setting or clicks',
      },
    ],
  },
  {
    name: 'screenshots-sent',
    title: 'One class of an accessibility service, with what it calls, takes screenshots and talks to the network',
    why: 'Screenshots taken in this way need no permission and show no sign. Readers that describe pictures may do it on request.',
    remedy: 'Switch the service off before anything confidential is shown.',
    severity: 'high',
    malice: { base: 14 },
    classes: ['spyware'],
    mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1513', 'T1646'] },
    guard: ACCESSIBILITY,
    asks: ONLINE,
    parts: [
      {
        calls: [
          {
            class: 'android.accessibilityservice.AccessibilityService',
            name: 'takeScreenshot',
            inherited: true,
          },
        ],
        note: 'takes a screenshot',
      },
      { calls: [...(SENDS.calls ?? []), ...(LIVE.calls ?? [])], note: 'talks to the network, near the rest' },
    ],
  },
  {
    name: 'security-apps-removed',
    title: 'One method names security apps and ends or removes apps',
    why: 'What could find the app is taken away first. Security apps themselves name their rivals, and do not remove them.',
    remedy: 'Install the security app again from the store, and have it look.',
    severity: 'high',
    malice: { base: 18 },
    classes: ['trojan'],
    mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1629.003', 'T1630'] },
    // In one class, merged by an optimiser, a security app names its rivals here and removes what it found there.
    near: 'method',
    parts: [
      {
        pattern: {
          shape:
            /^(?:com\.avast\.android|com\.avira|com\.bitdefender|com\.kms\.free|com\.lookout|com\.eset|com\.symantec|com\.wsandroid|com\.drweb|com\.trendmicro|com\.antivirus|org\.malwarebytes|com\.sophos|com\.fsecure|com\.zimperium|com\.norton|com\.cleanmaster\.security|com\.qihoo\.security)[\w.]*$/,
          samples: ['com.avira.android', 'com.eset.ems2.gp'],
        },
        least: 2,
        note: 'names security apps',
      },
      {
        strings: ['android.intent.action.DELETE', 'android.intent.action.UNINSTALL_PACKAGE'],
        calls: [
          { class: 'android.app.ActivityManager', name: 'killBackgroundProcesses' },
          { class: 'android.content.pm.PackageInstaller', name: 'uninstall' },
          { class: 'android.app.admin.DevicePolicyManager', name: 'setApplicationHidden' },
        ],
        note: 'ends or removes apps',
      },
    ],
  },
];
