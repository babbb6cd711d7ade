import type { MarkRow } from './mark-row.ts';

/** Kits that watch over an app while it runs. Package names as commonly known, not checked against samples. */
export const PROTECTOR_ROWS: readonly MarkRow[] = [
  { name: 'approov', product: 'Approov', files: ['libapproov.so'], classes: ['com.criticalblue.approovsdk.'] },
  {
    name: 'free-rasp',
    product: 'freeRASP (Talsec)',
    classes: ['com.aheaditec.talsec.', 'com.aheaditec.talsec_security.'],
  },
  { name: 'promon', product: 'Promon SHIELD', classes: ['no.promon.shield.'] },
  { name: 'v-key', product: 'V-Key', files: ['libvosWrapperEx.so'], classes: ['com.vkey.android.'] },
  { name: 'app-guard', product: 'AppGuard', files: ['libAppGuard.so', 'AppGuard.dgc'] },
  { name: 'stealien', product: 'AppSuit (Stealien)', classes: ['com.stealien.'] },
  { name: 'eversafe', product: 'Eversafe', classes: ['kr.co.everspin.eversafe.'] },
  { name: 'protectt', product: 'Protectt.ai', classes: ['ai.protectt.'] },
  { name: 'bugsmirror', product: 'BugsMirror', classes: ['com.bugsmirror.'] },
  { name: 'ahnlab', product: 'AhnLab V3 Mobile Plus', classes: ['com.ahnlab.v3mobileplus.'] },
  { name: 'trusteer', product: 'IBM Trusteer', classes: ['com.trusteer.'] },
  { name: 'build38', product: 'Build38', classes: ['com.build38.'] },
  { name: 'guardsquare', product: 'Guardsquare ThreatCast', classes: ['com.guardsquare.'] },
  { name: 'zimperium', product: 'Zimperium', classes: ['com.zimperium.'] },
  { name: 'lookout', product: 'Lookout', classes: ['com.lookout.'] },
  { name: 'threatmetrix', product: 'ThreatMetrix', classes: ['com.threatmetrix.', 'com.lexisnexisrisk.threatmetrix.'] },
  { name: 'arkose', product: 'Arkose Labs', classes: ['com.arkoselabs.'] },
  {
    name: 'perimeterx',
    product: 'HUMAN (PerimeterX)',
    classes: ['com.perimeterx.mobile_sdk.', 'com.perimeterx.msdk.'],
  },
  { name: 'datadome', product: 'DataDome', classes: ['co.datadome.'] },
  {
    name: 'akamai-bot',
    product: 'Akamai Bot Manager',
    files: ['libakamaibmp.so'],
    classes: ['com.akamai.botman.', 'com.cyberfend.cyfsecurity.'],
  },
  {
    name: 'alibaba-guard',
    product: 'Alibaba Security Guard',
    files: ['libsgmain.so', 'libsgsecuritybody.so'],
    classes: ['com.alibaba.wireless.security.'],
  },
  {
    name: 'rootbeer',
    product: 'RootBeer',
    files: ['libtoolChecker.so', 'libtool-checker.so'],
    classes: ['com.scottyab.rootbeer.'],
  },
  { name: 'bytedance-metasec', product: 'ByteDance MetaSec', files: ['libmetasec_ml.so', 'libmetasec_ov.so'] },
  { name: 'incognia', product: 'Incognia', classes: ['com.incognia.'] },
  { name: 'fingerprint', product: 'Fingerprint', classes: ['com.fingerprintjs.android.'] },
  { name: 'shield', product: 'SHIELD device intelligence', classes: ['com.shield.android.'] },
  { name: 'safetynet', product: 'Google SafetyNet', classes: ['com.google.android.gms.safetynet.'] },
  { name: 'play-integrity', product: 'Google Play Integrity', classes: ['com.google.android.play.core.integrity.'] },
  {
    name: 'pairip',
    product: 'Google Play automatic protection (PairIP)',
    files: ['libpairipcore.so'],
    classes: ['com.pairip.'],
  },
];

/** Tools that make code hard to read and leave a name behind. */
export const OBFUSCATOR_ROWS: readonly MarkRow[] = [
  { name: 'allatori', product: 'Allatori', strings: ['ALLATORIxDEMO'] },
  { name: 'stringfog', product: 'StringFog', classes: ['com.github.megatronking.stringfog.'] },
  { name: 'paranoid', product: 'Paranoid', classes: ['io.michaelrocks.paranoid.'] },
  { name: 'ls-paranoid', product: 'LSParanoid', classes: ['org.lsposed.lsparanoid.'] },
  { name: 'obfuscapk', product: 'Obfuscapk', classes: ['com.decryptstringmanager.'] },
];
