/**
 * Application classes of packers' shells. A prefix that ends in a dot stands for a package, any other for one class.
 * Source: names seen in the field and in the public rules of packer identifiers; a name, not code, was taken over.
 */
export const PACKER_APPLICATIONS: readonly { readonly prefix: string; readonly packer: string }[] = [
  { prefix: 'com.stub.StubApp', packer: 'Qihoo 360 Jiagu' },
  { prefix: 'com.qihoo.util.', packer: 'Qihoo 360 Jiagu' },
  { prefix: 'com.tencent.StubShell.', packer: 'Tencent Legu' },
  { prefix: 'com.secneo.apkwrapper.', packer: 'SecNeo' },
  { prefix: 'com.secneo.guard.', packer: 'SecNeo' },
  { prefix: 'com.SecShell.SecShell.', packer: 'Bangcle SecShell' },
  { prefix: 'com.bangcle.protect.', packer: 'Bangcle' },
  { prefix: 'com.shell.SuperApplication', packer: 'Ijiami' },
  { prefix: 's.h.e.l.l.S', packer: 'Ijiami' },
  { prefix: 'com.baidu.protect.StubApplication', packer: 'Baidu' },
  { prefix: 'com.ali.mobisecenhance.', packer: 'Alibaba' },
  { prefix: 'com.nqshield.', packer: 'NQ Shield' },
  { prefix: 'com.kiwisec.', packer: 'KiwiSec' },
  { prefix: 'com.wrapper.proxyapplication.', packer: 'Tencent proxy shell' },
  { prefix: 'com.luoyesiqiu.shell.', packer: 'dpt-shell' },
];
