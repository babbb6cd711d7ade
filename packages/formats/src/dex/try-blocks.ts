import { Cursor, u16At, u32At } from '@vedette/bytes';
import { CODE_HEADER_SIZE, codeItemOf } from './code-item.ts';
import type { DexFile } from './dex-file.ts';

export interface CatchHandler {
  /** Type index of what is caught; null for all. */
  readonly type: number | null;
  /** Where it begins, in code units from the method's start. */
  readonly address: number;
}

export interface TryBlock {
  /** Covered instructions, in code units from the method's start; the end is not covered. */
  readonly start: number;
  readonly end: number;
  readonly handlers: readonly CatchHandler[];
}

/** Handlers read per method, whatever their lists say: lists may share their bytes. */
const MAX_HANDLERS = 65_536;

/** `try_item`s of a defined method with their handlers; empty for none. Lists that lead out of the file are cut there. */
export function readTryBlocks(dex: DexFile, method: number): readonly TryBlock[] {
  const item = codeItemOf(dex, method);
  if (item === null || item.tries === 0) return [];
  const { bytes } = dex;
  const first = triesOffset(item.offset, item.units);
  const count = Math.max(0, Math.min(item.tries, Math.floor((bytes.length - first) / 8)));
  const listOffset = first + item.tries * 8;
  const known = new Map<number, readonly CatchHandler[]>();
  let left = MAX_HANDLERS;
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * 8;
    const start = u32At(bytes, at);
    const handlerOffset = u16At(bytes, at + 6);
    let handlers = known.get(handlerOffset);
    if (handlers === undefined) {
      handlers = readHandlers(bytes, listOffset + handlerOffset, left);
      left -= handlers.length;
      known.set(handlerOffset, handlers);
    }
    return { start, end: start + u16At(bytes, at + 4), handlers };
  });
}

/** Where the `try_item`s stand: behind the instructions, at the next multiple of four. */
export function triesOffset(codeOffset: number, units: number): number {
  return codeOffset + CODE_HEADER_SIZE + (units + (units & 1)) * 2;
}

/** `encoded_catch_handler`: a count, negative or zero if a handler of everything follows the typed ones. */
function readHandlers(bytes: Uint8Array, offset: number, limit: number): CatchHandler[] {
  if (offset >= bytes.length) return [];
  const cursor = new Cursor(bytes, offset);
  const size = cursor.sleb128();
  const handlers: CatchHandler[] = [];
  for (let index = Math.abs(size); index > 0 && !cursor.truncated && handlers.length < limit; index--) {
    const handler = { type: cursor.uleb128(), address: cursor.uleb128() };
    if (!cursor.truncated) handlers.push(handler);
  }
  if (size <= 0 && !cursor.truncated && handlers.length < limit) {
    const address = cursor.uleb128();
    if (!cursor.truncated) handlers.push({ type: null, address });
  }
  return handlers;
}
