import type { MachOSlice } from '@vedette/formats';
import type { AppImage } from '@vedette/program';
import { inFile, shorten } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';
import { slicesOf } from './ios-evidence.ts';

/** Rules on how Mach-O code was built. They also look at a bare Mach-O file. Source: mach-o/loader.h, OWASP MASTG-TEST-0087. */
export const IOS_CODE_RULES: readonly Rule[] = [
  {
    id: 'ios.code.no-pie',
    version: 1,
    title: 'A program is loaded at a fixed address',
    why: 'Without MH_PIE an attacker knows where code lies, which makes errors in memory easier to exploit.',
    remedy: 'Link position-independent, the default of current tools.',
    severity: 'low',
    kind: 'weakness',
    needs: [],
    dataRisk: { base: 4 },
    classes: ['vulnerability'],
    mappings: { masvs: ['MASVS-CODE-4'], cwe: ['CWE-1188'] },
    run: (image) =>
      perSlice(image, ({ type, hardening }) => (type === 'execute' && !hardening.pie ? 'no MH_PIE' : null)),
  },
  {
    id: 'ios.code.no-stack-canary',
    version: 1,
    title: 'A program does not use stack canaries',
    why: 'Overwritten return addresses are not noticed. Pure Swift programs need none, so this alone says little.',
    remedy: 'Build C, C++ and Objective-C with -fstack-protector-strong.',
    severity: 'info',
    kind: 'fact',
    needs: [],
    classes: [],
    mappings: { masvs: ['MASVS-CODE-4'], cwe: ['CWE-693'] },
    run: (image) =>
      perSlice(image, ({ type, hardening }) =>
        type === 'execute' && hardening.stackCanary === false ? 'no import of ___stack_chk_fail' : null,
      ),
  },
  {
    id: 'ios.code.writable',
    version: 1,
    title: 'Code lies in memory that may be written, or the stack may be run',
    why: 'The system refuses such pages in apps from the store; linkers do not make them unless asked.',
    remedy: 'Ask the maker why; link without these flags.',
    severity: 'medium',
    kind: 'weakness',
    needs: [],
    dataRisk: { base: 8 },
    classes: ['vulnerability'],
    mappings: { masvs: ['MASVS-CODE-4'], cwe: ['CWE-693'] },
    run: (image) =>
      perSlice(image, ({ hardening }) => {
        if (hardening.writableCode.length > 0) return `writable code in ${shorten(hardening.writableCode.join(', '))}`;
        return hardening.executableStack ? 'MH_ALLOW_STACK_EXECUTION' : null;
      }),
  },
  {
    id: 'ios.code.no-arc',
    version: 1,
    title: 'Objective-C code counts its references by hand',
    why: 'Without ARC an object may be used after it is gone, an error that is easily made. Old code does this; alone it says little.',
    remedy: 'Build with -fobjc-arc.',
    severity: 'info',
    kind: 'fact',
    needs: [],
    classes: [],
    mappings: { masvs: ['MASVS-CODE-4'], cwe: ['CWE-416'] },
    run: (image) =>
      perSlice(image, (slice) =>
        slice.type === 'execute' &&
        slice.hardening.arc === false &&
        slice.objc().value.classes.some(({ swift }) => !swift)
          ? 'Objective-C classes and no import of the functions that ARC calls'
          : null,
      ),
  },
];

/** Evidence for each slice of each program or library that `find` says something of. */
function perSlice(image: AppImage, find: (slice: MachOSlice) => string | null): ReturnType<Rule['run']> {
  return hit(
    slicesOf(image).flatMap(({ path, slice }) => {
      const found = find(slice);
      return found === null ? [] : [inFile(shorten(path), `${slice.architecture}: ${found}`)];
    }),
  );
}
