/**
 * Apps that manage root, by package. Sources: the projects' own package names; the list of device admins' root checks
 * (Magisk, KernelSU, KernelSU Next, APatch, SuperSU, LSPosed and older ones). Some of these rename themselves: absence says
 * nothing.
 */
export const ROOT_MANAGERS: ReadonlyMap<string, string> = new Map([
  ['com.topjohnwu.magisk', 'Magisk'],
  ['io.github.huskydg.magisk', 'Kitsune Magisk'],
  ['io.github.vvb2060.magisk', 'Magisk alpha'],
  ['me.weishu.kernelsu', 'KernelSU'],
  ['com.rifsxd.ksunext', 'KernelSU Next'],
  ['com.sukisu.ultra', 'SukiSU'],
  ['me.bmax.apatch', 'APatch'],
  ['org.lsposed.manager', 'LSPosed'],
  ['de.robv.android.xposed.installer', 'Xposed'],
  ['eu.chainfire.supersu', 'SuperSU'],
  ['com.noshufou.android.su', 'Superuser'],
  ['com.koushikdutta.superuser', 'Superuser'],
  ['com.thirdparty.superuser', 'Superuser'],
  ['com.yellowes.su', 'Superuser'],
  ['com.kingroot.kinguser', 'KingRoot'],
  ['com.kingo.root', 'KingoRoot'],
  ['com.zachspong.temprootremovejb', 'Temporary root'],
  ['com.ramdroid.appquarantine', 'App Quarantine'],
]);
