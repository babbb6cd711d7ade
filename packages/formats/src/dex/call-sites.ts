import { createDiagnostics, u16At, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { DexFile } from './dex-file.ts';
import { type EncodedValue, MAX_VALUES, readEncodedArray } from './encoded-value.ts';
import { MAP_CALL_SITES, MAP_METHOD_HANDLES } from './map-list.ts';

/** `call_site_item`: what `invoke-custom` is linked with. */
export interface CallSite {
  /** Of its values, in bytes from the start of the file. */
  readonly offset: number;
  /** Method handle, name and method type of the bootstrap method, then its further arguments. */
  readonly arguments: readonly EncodedValue[];
}

export type MethodHandleKind =
  | 'static-put'
  | 'static-get'
  | 'instance-put'
  | 'instance-get'
  | 'invoke-static'
  | 'invoke-instance'
  | 'invoke-constructor'
  | 'invoke-direct'
  | 'invoke-interface';

const KINDS: readonly MethodHandleKind[] = [
  'static-put',
  'static-get',
  'instance-put',
  'instance-get',
  'invoke-static',
  'invoke-instance',
  'invoke-constructor',
  'invoke-direct',
  'invoke-interface',
];

/** `method_handle_item`. */
export interface MethodHandle {
  /** Null for a kind that the format does not have. */
  readonly kind: MethodHandleKind | null;
  /** Into `field_ids` for the first four kinds, into `method_ids` for the others. */
  readonly index: number;
}

/** Instructions name them with 16 bits. */
const MAX_ITEMS = 65_536;

/** The call sites that the map list tells of; each needs three arguments of the right kinds to be linked. */
export function readCallSites(dex: DexFile): Parsed<readonly CallSite[]> {
  const diagnostics = createDiagnostics();
  const { bytes } = dex;
  const { count, offset } = sectionOf(dex, MAP_CALL_SITES, 4);
  const sites: CallSite[] = [];
  const known = new Map<number, readonly EncodedValue[]>();
  const allowance = { left: MAX_VALUES };
  for (let index = 0; index < count && allowance.left > 0; index++) {
    const at = u32At(bytes, offset + index * 4);
    let values = known.get(at);
    if (values === undefined) {
      values = readEncodedArray(bytes, at, diagnostics, allowance);
      known.set(at, values);
      const kinds = values.slice(0, 3).map(({ kind }) => kind);
      if (kinds.join() !== 'method-handle,string,method-type') {
        const message = `call site ${index} begins with ${kinds.join(', ') || 'nothing'}`;
        diagnostics.warning('dex.call-site', message, { offset: at });
      }
    }
    sites.push({ offset: at, arguments: values });
  }
  return { value: sites, diagnostics: diagnostics.list() };
}

/** The method handles that the map list tells of. */
export function readMethodHandles(dex: DexFile): readonly MethodHandle[] {
  const { count, offset } = sectionOf(dex, MAP_METHOD_HANDLES, 8);
  return Array.from({ length: count }, (_, index) => {
    const at = offset + index * 8;
    return { kind: KINDS[u16At(dex.bytes, at)] ?? null, index: u16At(dex.bytes, at + 4) };
  });
}

function sectionOf(dex: DexFile, type: number, itemSize: number): { readonly count: number; readonly offset: number } {
  const item = dex.map.find((candidate) => candidate.type === type);
  if (item === undefined) return { count: 0, offset: 0 };
  const fitting = Math.max(0, Math.floor((dex.bytes.length - item.offset) / itemSize));
  return { count: Math.min(item.count, fitting, MAX_ITEMS), offset: item.offset };
}
