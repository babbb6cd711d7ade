import type { MachOHardening, MachOImport, MachOSegment } from './mach-o-file.ts';
import type { MachOHeader } from './mach-o-header.ts';

const MH_ALLOW_STACK_EXECUTION = 0x2_0000;
const MH_PIE = 0x20_0000;
const MH_NO_HEAP_EXECUTION = 0x100_0000;

/** What protects the slice's code, from its flags, segments and imports. */
export function hardeningOf(
  { flags, type }: MachOHeader,
  segments: readonly MachOSegment[],
  imports: readonly MachOImport[],
  localSymbols: number,
): MachOHardening {
  const names = new Set(imports.map(({ name }) => name));
  const known = imports.length > 0;
  return {
    pie: (flags & MH_PIE) !== 0 || type === 'dylib' || type === 'bundle',
    stackCanary: known ? names.has('___stack_chk_fail') || names.has('___stack_chk_guard') : null,
    arc: known
      ? ['_objc_release', '_objc_storeStrong', '_objc_retainAutoreleasedReturnValue'].some((name) => names.has(name)) ||
        imports.some(({ name }) => /^_objc_(?:release|retain)_x\d+$/.test(name))
      : null,
    // Linkers keep one placeholder (`radr://5614542`) when they strip everything.
    stripped: localSymbols <= 1,
    restricted: segments.some(
      ({ name, sections }) => name === '__RESTRICT' && sections.some((section) => section.name === '__restrict'),
    ),
    executableStack: (flags & MH_ALLOW_STACK_EXECUTION) !== 0,
    noHeapExecution: (flags & MH_NO_HEAP_EXECUTION) !== 0,
    writableCode: segments
      .filter(({ initialProtection, size }) => (initialProtection & 6) === 6 && size > 0)
      .map(({ name }) => name),
  };
}
