import { DT, type DynamicSection } from './dynamic-section.ts';
import type { DynamicSymbols } from './dynamic-symbols.ts';
import type { ElfHeader } from './elf-header.ts';
import type { ElfNotes } from './elf-notes.ts';
import { type ElfSegment, PF_X, PT_GNU_RELRO, PT_GNU_STACK, PT_INTERP } from './program-headers.ts';

/** What the build did against exploitation, as far as the file shows it. */
export interface ElfHardening {
  /** `shared`: position-independent by nature; `pie`: a program that is; `none`: loaded at a fixed address. */
  readonly position: 'shared' | 'pie' | 'none';
  /** What `PT_GNU_STACK` asks for; `unspecified` without one: Android's 64-bit kernels then give no executable stack, 32-bit Arm does. */
  readonly executableStack: 'no' | 'yes' | 'unspecified';
  /** `partial`: made read-only after loading; `full`: and all symbols bound before. Android's linker always binds at once. */
  readonly relro: 'none' | 'partial' | 'full';
  /** Whether functions check a canary: `__stack_chk_fail` or `__stack_chk_guard` is used. */
  readonly stackCanary: boolean;
  /** Calls that check the size of what they write to (`__memcpy_chk`), and those that have such a twin but were not replaced, by distinct name. */
  readonly fortify: { readonly fortified: readonly string[]; readonly fortifiable: readonly string[] };
  /** LLVM's control flow integrity across libraries: `__cfi_check`, `__cfi_slowpath`. Within one library it leaves no trace. */
  readonly controlFlowIntegrity: boolean;
  /** Armv8.5 branch target identification, and pointer authentication of return addresses, for the whole file. */
  readonly branchTargets: boolean;
  readonly pointerAuthentication: boolean;
  /** Intel's shadow stack and indirect branch tracking. */
  readonly intelShadowStack: boolean;
  readonly indirectBranchTracking: boolean;
  readonly memoryTagging: boolean;
  /** Whether relocations change code (`DT_TEXTREL`): refused by Android for 64-bit code, and for apps targeting API level 23 and above. */
  readonly textRelocations: boolean;
}

/** Functions of bionic and glibc that have a fortified twin, `__<name>_chk`. */
const FORTIFIABLE: ReadonlySet<string> = new Set(
  (
    'FD_CLR FD_ISSET FD_SET fgets fgetws fprintf fread fwrite getcwd gets longjmp mbsnrtowcs mbsrtowcs mbstowcs memchr memcpy memmove mempcpy memrchr memset open ' +
    'open64 openat poll ppoll pread pread64 printf pwrite pwrite64 read readlink readlinkat realpath recv recvfrom send sendto snprintf sprintf stpcpy stpncpy strcat ' +
    'strchr strcpy strlcat strlcpy strlen strncat strncpy strrchr swprintf syslog umask vfprintf vprintf vsnprintf vsprintf wcscat wcscpy wcsncat wcsncpy wmemcpy ' +
    'wmemmove wmemset write'
  ).split(' '),
);

const DF_TEXTREL = 4;
const DF_BIND_NOW = 8;
const DF_1_NOW = 1;
const DF_1_PIE = 0x0800_0000;

export function readHardening(elf: {
  readonly header: ElfHeader;
  readonly segments: readonly ElfSegment[];
  readonly dynamic: DynamicSection | null;
  readonly symbols: DynamicSymbols;
  readonly notes: ElfNotes;
}): ElfHardening {
  const { header, segments, dynamic, symbols, notes } = elf;
  const value = (tag: number): number => dynamic?.value(tag) ?? 0;
  const flags = value(DT.FLAGS);
  const flags1 = value(DT.FLAGS_1);
  const imported = new Set(symbols.imports.map(({ name }) => name));
  const known = (name: string): boolean => imported.has(name) || symbols.exports.some((symbol) => symbol.name === name);
  const stack = segments.find(({ type }) => type === PT_GNU_STACK);
  const bindNow = dynamic?.value(DT.BIND_NOW) !== undefined || (flags & DF_BIND_NOW) !== 0 || (flags1 & DF_1_NOW) !== 0;
  const program = segments.some(({ type }) => type === PT_INTERP) || Math.floor(flags1 / DF_1_PIE) % 2 === 1;
  return {
    position: header.type !== 'shared' ? 'none' : program ? 'pie' : 'shared',
    executableStack: stack === undefined ? 'unspecified' : (stack.flags & PF_X) !== 0 ? 'yes' : 'no',
    relro: !segments.some(({ type }) => type === PT_GNU_RELRO) ? 'none' : bindNow ? 'full' : 'partial',
    stackCanary: known('__stack_chk_fail') || known('__stack_chk_guard'),
    fortify: {
      fortified: [...imported].filter((name) => /^__\w+_chk$/u.test(name) && !name.startsWith('__stack_')),
      fortifiable: [...imported].filter((name) => FORTIFIABLE.has(name)),
    },
    controlFlowIntegrity: known('__cfi_check') || known('__cfi_slowpath') || known('__cfi_slowpath_diag'),
    branchTargets: (notes.aarch64Features & 1) !== 0 || dynamic?.value(DT.AARCH64_BTI_PLT) !== undefined,
    pointerAuthentication: (notes.aarch64Features & 2) !== 0 || dynamic?.value(DT.AARCH64_PAC_PLT) !== undefined,
    intelShadowStack: (notes.x86Features & 2) !== 0,
    indirectBranchTracking: (notes.x86Features & 1) !== 0,
    memoryTagging: notes.memoryTagging || dynamic?.value(DT.AARCH64_MEMTAG_MODE) !== undefined,
    textRelocations: dynamic?.value(DT.TEXTREL) !== undefined || (flags & DF_TEXTREL) !== 0,
  };
}
