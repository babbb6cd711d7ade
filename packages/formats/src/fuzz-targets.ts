import { aabTarget } from './aab/fuzz-target.ts';
import { apkSignatureTarget } from './apk-signature/fuzz-target.ts';
import { arscTarget } from './arsc/fuzz-target.ts';
import { axmlTarget } from './axml/fuzz-target.ts';
import type { FuzzTarget } from './builders/fuzz-target.ts';
import { cborTarget } from './cbor/fuzz-target.ts';
import { cmsTarget } from './cms/fuzz-target.ts';
import { codeSignatureTarget } from './code-signature/fuzz-target.ts';
import { derTarget } from './der/fuzz-target.ts';
import { dexTarget } from './dex/fuzz-target.ts';
import { elfTarget } from './elf/fuzz-target.ts';
import { machOTarget } from './mach-o/fuzz-target.ts';
import { plistTarget } from './plist/fuzz-target.ts';
import { provisioningTarget } from './provisioning/fuzz-target.ts';
import { sqliteTarget } from './sqlite/fuzz-target.ts';
import { x509Target } from './x509/fuzz-target.ts';
import { zipTarget } from './zip/fuzz-target.ts';

/** Every reader of bytes in this package, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [
  zipTarget,
  axmlTarget,
  arscTarget,
  aabTarget,
  dexTarget,
  elfTarget,
  derTarget,
  cborTarget,
  x509Target,
  cmsTarget,
  apkSignatureTarget,
  plistTarget,
  sqliteTarget,
  machOTarget,
  codeSignatureTarget,
  provisioningTarget,
];
