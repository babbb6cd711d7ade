/** Who installs apps, by package. Sources: the stores' own packages; AOSP and vendor package names. */

/** App stores: they check who publishes. */
export const STORES: ReadonlyMap<string, string> = new Map([
  ['com.android.vending', 'Google Play'],
  ['com.google.android.feedback', 'Google Play'],
  ['com.amazon.venezia', 'Amazon Appstore'],
  ['com.sec.android.app.samsungapps', 'Galaxy Store'],
  ['com.huawei.appmarket', 'AppGallery'],
  ['com.xiaomi.mipicks', 'GetApps'],
  ['com.xiaomi.market', 'GetApps'],
  ['com.oppo.market', 'OPPO App Market'],
  ['com.heytap.market', 'HeyTap App Market'],
  ['com.bbk.appstore', 'V-Appstore'],
  ['com.vivo.appstore', 'V-Appstore'],
  ['com.hihonor.appmarket', 'HONOR App Market'],
  ['org.fdroid.fdroid', 'F-Droid'],
  ['com.aurora.store', 'Aurora Store'],
  ['app.grapheneos.apps', 'GrapheneOS Apps'],
  ['com.lenovo.leos.appstore', 'Lenovo App Store'],
  ['com.apple.AppStore', 'App Store'],
  ['com.apple.AppStore.ProductPageExtension', 'App Store'],
  ['com.apple.appstored', 'App Store'],
  ['com.apple.storekitservice', 'App Store'],
  ['com.apple.ios.StoreKitUIService', 'App Store'],
  ['com.apple.TestFlight', 'TestFlight'],
]);

/** Parts of the system and of management that install on behalf of the manufacturer or the organisation. */
export const SYSTEM_INSTALLERS: ReadonlyMap<string, string> = new Map([
  ['com.google.android.apps.work.clouddpc', 'Android Device Policy'],
  ['com.apple.dmd', 'device management'],
  ['dmd', 'device management'],
  ['com.android.managedprovisioning', 'set-up by an organisation'],
  ['com.google.android.setupwizard', 'setup'],
  ['com.google.android.partnersetup', 'setup'],
  ['com.google.android.gms', 'Google Play services'],
  ['com.samsung.android.app.omcagent', 'Samsung setup'],
  ['com.sec.android.preloadinstaller', 'Samsung preload'],
  ['com.samsung.android.scloud', 'Samsung Cloud'],
  ['com.microsoft.windowsintune.companyportal', 'Intune'],
  ['com.airwatch.androidagent', 'Workspace ONE'],
  ['com.mobileiron', 'Ivanti'],
  ['com.miui.core', 'MIUI'],
]);

/** Installers that only hand over a file: what they install came from somewhere else. */
export const HAND_INSTALLERS: ReadonlyMap<string, string> = new Map([
  ['com.android.packageinstaller', 'opened from a file'],
  ['com.google.android.packageinstaller', 'opened from a file'],
  ['com.samsung.android.packageinstaller', 'opened from a file'],
  ['com.miui.packageinstaller', 'opened from a file'],
  ['com.android.shell', 'installed over USB (adb)'],
  ['com.android.chrome', 'downloaded with Chrome'],
  ['com.chrome.beta', 'downloaded with Chrome'],
  ['org.mozilla.firefox', 'downloaded with Firefox'],
  ['com.sec.android.app.sbrowser', 'downloaded with Samsung Internet'],
  ['com.opera.browser', 'downloaded with Opera'],
  ['com.brave.browser', 'downloaded with Brave'],
  ['com.microsoft.emmx', 'downloaded with Edge'],
  ['com.duckduckgo.mobile.android', 'downloaded with DuckDuckGo'],
  ['com.google.android.documentsui', 'opened from Files'],
  ['com.android.documentsui', 'opened from Files'],
  ['com.google.android.apps.nbu.files', 'opened from Files by Google'],
  ['com.sec.android.app.myfiles', 'opened from My Files'],
  ['com.mi.android.globalFileexplorer', 'opened from File Manager'],
  ['org.telegram.messenger', 'received in Telegram'],
  ['com.whatsapp', 'received in WhatsApp'],
]);
