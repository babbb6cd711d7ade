import { LIBRARY_RULES } from '../libraries/library-rules.ts';
import type { Rule } from '../rule.ts';
import { accessibilityTakeover } from './behaviour/accessibility-takeover.ts';
import { BEHAVIOUR_RULES } from './behaviour/behaviour-rules.ts';
import { borrowedName } from './behaviour/borrowed-name.ts';
import { deviceLock } from './behaviour/device-lock.ts';
import { downloadsCode } from './behaviour/downloads-code.ts';
import { dropper } from './behaviour/dropper.ts';
import { encryptsFiles } from './behaviour/encrypts-files.ts';
import { hiddenAdmin } from './behaviour/hidden-admin.ts';
import { hiddenSurveillance } from './behaviour/hidden-surveillance.ts';
import { overlayOnForeignApp } from './behaviour/overlay-on-foreign-app.ts';
import { premiumSms } from './behaviour/premium-sms.ts';
import { smsForwarding } from './behaviour/sms-forwarding.ts';
import { smsSwallowing } from './behaviour/sms-swallowing.ts';
import { surveillanceSet } from './behaviour/surveillance-set.ts';
import { accessibilityActions } from './code/accessibility-actions.ts';
import { audioRecording } from './code/audio-recording.ts';
import { bankAppNames } from './code/bank-app-names.ts';
import { clipboardListener } from './code/clipboard-listener.ts';
import { CODE_FAMILY_RULES } from './code/code-family-rules.ts';
import { componentClassMissing } from './code/component-class-missing.ts';
import { componentSwitching } from './code/component-switching.ts';
import { deviceAdminActions } from './code/device-admin-actions.ts';
import { deviceIdentifiers } from './code/device-identifiers.ts';
import { dynamicLoading } from './code/dynamic-loading.ts';
import { emulatorDetection } from './code/emulator-detection.ts';
import { foregroundAppWatch } from './code/foreground-app-watch.ts';
import { hostnameAcceptsAll } from './code/hostname-accepts-all.ts';
import { installedApps } from './code/installed-apps.ts';
import { installsApps } from './code/installs-apps.ts';
import { nativeLoadFromPath } from './code/native-load-from-path.ts';
import { notificationReading } from './code/notification-reading.ts';
import { rootCommand } from './code/root-command.ts';
import { rootDetection } from './code/root-detection.ts';
import { screenCapture } from './code/screen-capture.ts';
import { securityAppNames } from './code/security-app-names.ts';
import { sendsSms } from './code/sends-sms.ts';
import { shellCommand } from './code/shell-command.ts';
import { smsInbox } from './code/sms-inbox.ts';
import { systemPartitionChange } from './code/system-partition-change.ts';
import { trustAllCertificates } from './code/trust-all-certificates.ts';
import { weakCipher } from './code/weak-cipher.ts';
import { weakDigestInCode } from './code/weak-digest.ts';
import { webviewScriptBridge } from './code/webview-script-bridge.ts';
import { webviewSslErrorsIgnored } from './code/webview-ssl-errors-ignored.ts';
import { accessibilityService } from './component/accessibility-service.ts';
import { deviceAdmin } from './component/device-admin.ts';
import { exportedActivity } from './component/exported-activity.ts';
import { exportedProvider } from './component/exported-provider.ts';
import { exportedReceiver } from './component/exported-receiver.ts';
import { exportedService } from './component/exported-service.ts';
import { inputMethod } from './component/input-method.ts';
import { notificationListener } from './component/notification-listener.ts';
import { undeclaredPermission } from './component/undeclared-permission.ts';
import { vpnService } from './component/vpn-service.ts';
import { weakPermission } from './component/weak-permission.ts';
import { disguisedCode } from './container/disguised-code.ts';
import { embeddedApp } from './container/embedded-app.ts';
import { janus } from './container/janus.ts';
import { nativeCode } from './container/native-code.ts';
import { accessibilityGate } from './evasion/accessibility-gate.ts';
import { debuggerCheck } from './evasion/debugger-check.ts';
import { delayedAction } from './evasion/delayed-action.ts';
import { deviceProbes } from './evasion/device-probes.ts';
import { erasedCode } from './evasion/erased-code.ts';
import { hiddenCalls } from './evasion/hidden-calls.ts';
import { hookDetection } from './evasion/hook-detection.ts';
import { installerGate } from './evasion/installer-gate.ts';
import { interceptionCheck } from './evasion/interception-check.ts';
import { nativeStrings } from './evasion/native-strings.ts';
import { ownSignatureCheck } from './evasion/own-signature-check.ts';
import { placeGate } from './evasion/place-gate.ts';
import { stackTraceKey } from './evasion/stack-trace-key.ts';
import { TRICK_RULES } from './file/trick-rules.ts';
import { IOS_RULES } from './ios/ios-rules.ts';
import { allowBackup } from './manifest/allow-backup.ts';
import { cleartextTraffic } from './manifest/cleartext-traffic.ts';
import { customSchemeLink } from './manifest/custom-scheme-link.ts';
import { debuggable } from './manifest/debuggable.ts';
import { foreignTaskAffinity } from './manifest/foreign-task-affinity.ts';
import { lowTargetSdk } from './manifest/low-target-sdk.ts';
import { MANIFEST_FAMILY_RULES } from './manifest/manifest-family-rules.ts';
import { noLauncher } from './manifest/no-launcher.ts';
import { systemSharedUser } from './manifest/system-shared-user.ts';
import { testOnly } from './manifest/test-only.ts';
import { cleartextByConfig } from './network/cleartext-by-config.ts';
import { cleartextUrl } from './network/cleartext-url.ts';
import { fleetingHost } from './network/fleeting-host.ts';
import { ipLiteralUrl } from './network/ip-literal-url.ts';
import { messengerBot } from './network/messenger-bot.ts';
import { trustsUserCertificates } from './network/trusts-user-certificates.ts';
import { PACKER_RULES } from './packer/packer-rules.ts';
import { accountsPermission } from './permission/accounts.ts';
import { backgroundLocationPermission } from './permission/background-location.ts';
import { bodySensorsPermission } from './permission/body-sensors.ts';
import { calendarPermission } from './permission/calendar.ts';
import { callLogPermission } from './permission/call-log.ts';
import { cameraPermission } from './permission/camera.ts';
import { contactsPermission } from './permission/contacts.ts';
import { installPackagesPermission } from './permission/install-packages.ts';
import { locationPermission } from './permission/location.ts';
import { microphonePermission } from './permission/microphone.ts';
import { overlayPermission } from './permission/overlay.ts';
import { phoneCallsPermission } from './permission/phone-calls.ts';
import { phoneStatePermission } from './permission/phone-state.ts';
import { privilegedPermission } from './permission/privileged.ts';
import { queryAllPackagesPermission } from './permission/query-all-packages.ts';
import { sharedStoragePermission } from './permission/shared-storage.ts';
import { smsReadPermission } from './permission/sms-read.ts';
import { smsSendPermission } from './permission/sms-send.ts';
import { usageAccessPermission } from './permission/usage-access.ts';
import { SECRET_RULES } from './secret/secret-rules.ts';
import { certificateOutOfDate } from './signing/certificate-out-of-date.ts';
import { debugCertificate } from './signing/debug-certificate.ts';
import { jarSignatureOnly } from './signing/jar-signature-only.ts';
import { notSigned } from './signing/not-signed.ts';
import { publicTestKey } from './signing/public-test-key.ts';
import { signatureBroken } from './signing/signature-broken.ts';
import { signatureStripped } from './signing/signature-stripped.ts';
import { weakDigest } from './signing/weak-digest.ts';
import { weakKey } from './signing/weak-key.ts';

/** All rules, in the order in which they run. Ids are unique; a test says so. */
export const RULES: readonly Rule[] = [
  allowBackup,
  cleartextTraffic,
  customSchemeLink,
  debuggable,
  foreignTaskAffinity,
  lowTargetSdk,
  noLauncher,
  systemSharedUser,
  testOnly,
  accessibilityService,
  deviceAdmin,
  exportedActivity,
  exportedProvider,
  exportedReceiver,
  exportedService,
  inputMethod,
  notificationListener,
  undeclaredPermission,
  vpnService,
  weakPermission,
  accountsPermission,
  backgroundLocationPermission,
  bodySensorsPermission,
  calendarPermission,
  callLogPermission,
  cameraPermission,
  contactsPermission,
  installPackagesPermission,
  locationPermission,
  microphonePermission,
  overlayPermission,
  phoneCallsPermission,
  phoneStatePermission,
  privilegedPermission,
  queryAllPackagesPermission,
  sharedStoragePermission,
  smsReadPermission,
  smsSendPermission,
  usageAccessPermission,
  accessibilityActions,
  audioRecording,
  bankAppNames,
  clipboardListener,
  componentClassMissing,
  componentSwitching,
  deviceAdminActions,
  deviceIdentifiers,
  dynamicLoading,
  emulatorDetection,
  foregroundAppWatch,
  hostnameAcceptsAll,
  installedApps,
  installsApps,
  nativeLoadFromPath,
  notificationReading,
  rootCommand,
  rootDetection,
  screenCapture,
  securityAppNames,
  sendsSms,
  shellCommand,
  smsInbox,
  systemPartitionChange,
  trustAllCertificates,
  weakCipher,
  weakDigestInCode,
  webviewScriptBridge,
  webviewSslErrorsIgnored,
  accessibilityGate,
  debuggerCheck,
  delayedAction,
  deviceProbes,
  erasedCode,
  hiddenCalls,
  hookDetection,
  installerGate,
  interceptionCheck,
  nativeStrings,
  ownSignatureCheck,
  placeGate,
  stackTraceKey,
  accessibilityTakeover,
  deviceLock,
  downloadsCode,
  dropper,
  encryptsFiles,
  borrowedName,
  hiddenAdmin,
  hiddenSurveillance,
  overlayOnForeignApp,
  premiumSms,
  smsForwarding,
  smsSwallowing,
  surveillanceSet,
  ...BEHAVIOUR_RULES,
  ...PACKER_RULES,
  ...LIBRARY_RULES,
  ...SECRET_RULES,
  disguisedCode,
  embeddedApp,
  janus,
  nativeCode,
  cleartextByConfig,
  cleartextUrl,
  trustsUserCertificates,
  fleetingHost,
  ipLiteralUrl,
  messengerBot,
  certificateOutOfDate,
  debugCertificate,
  jarSignatureOnly,
  notSigned,
  publicTestKey,
  signatureBroken,
  signatureStripped,
  weakDigest,
  weakKey,
  ...MANIFEST_FAMILY_RULES,
  ...CODE_FAMILY_RULES,
  ...IOS_RULES,
  ...TRICK_RULES,
];
