import type { CrossReferences } from './cross-references.ts';
import {
  ACTION_CALL_SITE,
  ACTION_FIELD,
  ACTION_METHOD,
  ACTION_METHOD_HANDLE,
  ACTION_PROTO,
  ACTION_STRING,
  ACTION_TYPE,
} from './sweep-table.ts';

/** How many things of each kind the file has: references beyond are reported and left out. */
export interface ReferenceLimits {
  readonly strings: number;
  readonly types: number;
  readonly fields: number;
  readonly methods: number;
  readonly protos: number;
  readonly callSites: number;
  readonly methodHandles: number;
}

/** All references of a file, by kind of target. */
export interface References {
  readonly calls: CrossReferences;
  readonly strings: CrossReferences;
  readonly types: CrossReferences;
  readonly fields: CrossReferences;
  /** `const-method-type`, and the second index of `invoke-polymorphic`. */
  readonly protos: CrossReferences;
  readonly callSites: CrossReferences;
  readonly methodHandles: CrossReferences;
}

/**
 * References as they are met, of all kinds in one list. A target's key is its index behind the targets of the kinds before.
 * A plain record, so that the decoding loop can write to it in place.
 */
export interface ReferenceLog {
  /** `ENTRY` words for each reference: key of the target, method and opcode, offset in the method. */
  entries: Uint32Array;
  count: number;
  /** By action of the sweep's table: key of the kind's first target, and how many targets there are. */
  readonly bases: Uint32Array;
  readonly limits: Uint32Array;
}

/** Words of a reference in the log. */
export const ENTRY = 3;
/** Opcode and method share a word: methods of a file are numbered with 18 bits at most (`MAX_MEMBERS` in class-data.ts). */
export const OPCODE_SHIFT = 24;
const METHOD_MASK = (1 << OPCODE_SHIFT) - 1;

/** Kinds in the order of their keys, with the action that refers to them. */
const KINDS = [
  { name: 'methods', action: ACTION_METHOD },
  { name: 'strings', action: ACTION_STRING },
  { name: 'types', action: ACTION_TYPE },
  { name: 'fields', action: ACTION_FIELD },
  { name: 'protos', action: ACTION_PROTO },
  { name: 'callSites', action: ACTION_CALL_SITE },
  { name: 'methodHandles', action: ACTION_METHOD_HANDLE },
] as const;

/** An empty log; `expected` is a guess at how many references will come. */
export function createReferenceLog(limits: ReferenceLimits, expected: number): ReferenceLog {
  const bases = new Uint32Array(16);
  const most = new Uint32Array(16);
  let key = 0;
  for (const { name, action } of KINDS) {
    bases[action] = key;
    most[action] = limits[name];
    key += limits[name];
  }
  return { entries: new Uint32Array(Math.max(expected, 256) * ENTRY), count: 0, bases, limits: most };
}

/** Makes room for `more` references. */
export function reserve(log: ReferenceLog, more: number): void {
  const wanted = (log.count + more) * ENTRY;
  if (wanted <= log.entries.length) return;
  const larger = new Uint32Array(Math.max(wanted, log.entries.length * 2));
  larger.set(log.entries.subarray(0, log.count * ENTRY));
  log.entries = larger;
}

/** Notes a reference to target `index` of the kind that `action` refers to; false when there is no such target. */
export function noteReference(
  log: ReferenceLog,
  action: number,
  index: number,
  method: number,
  offset: number,
  opcode: number,
): boolean {
  if (index >= (log.limits[action] ?? 0)) return false;
  reserve(log, 1);
  const at = log.count * ENTRY;
  log.entries[at] = (log.bases[action] ?? 0) + index;
  log.entries[at + 1] = method | (opcode << OPCODE_SHIFT);
  log.entries[at + 2] = offset;
  log.count += 1;
  return true;
}

/** The log sorted by target, each in order of arrival (one counting sort for all kinds). */
export function sortReferences(log: ReferenceLog): References {
  const { entries, count, bases, limits } = log;
  let keys = 0;
  for (const { action } of KINDS) keys += limits[action] ?? 0;
  const starts = new Uint32Array(keys + 1);
  countKeys(entries, count, starts);
  addUp(starts);
  const sorted = {
    starts,
    methods: new Uint32Array(count),
    offsets: new Uint32Array(count),
    opcodes: new Uint8Array(count),
  };
  scatter(entries, count, starts.slice(), sorted);
  const kind = (action: number): CrossReferences => {
    const first = bases[action] ?? 0;
    return rowsOf(sorted, first, first + (limits[action] ?? 0));
  };
  return {
    calls: kind(ACTION_METHOD),
    strings: kind(ACTION_STRING),
    types: kind(ACTION_TYPE),
    fields: kind(ACTION_FIELD),
    protos: kind(ACTION_PROTO),
    callSites: kind(ACTION_CALL_SITE),
    methodHandles: kind(ACTION_METHOD_HANDLE),
  };
}

/** The rows of the keys from `first` up to `end`, as a table of their own. */
function rowsOf({ starts, methods, offsets, opcodes }: CrossReferences, first: number, end: number): CrossReferences {
  const from = starts[first] ?? 0;
  const to = starts[end] ?? 0;
  const own = starts.slice(first, end + 1);
  if (from > 0) for (let row = 0; row < own.length; row++) own[row] = (own[row] ?? 0) - from;
  return {
    starts: own,
    methods: methods.subarray(from, to),
    offsets: offsets.subarray(from, to),
    opcodes: opcodes.subarray(from, to),
  };
}

// Each loop is a function of its own: the engine compiles a running loop with what it has seen, and starts over for
// what stands behind it.

function countKeys(entries: Uint32Array, count: number, starts: Uint32Array): void {
  for (let index = 0; index < count * ENTRY; index += ENTRY) {
    const row = (entries[index] ?? 0) + 1;
    starts[row] = (starts[row] ?? 0) + 1;
  }
}

function addUp(starts: Uint32Array): void {
  let sum = 0;
  for (let row = 0; row < starts.length; row++) {
    sum += starts[row] ?? 0;
    starts[row] = sum;
  }
}

function scatter(entries: Uint32Array, count: number, next: Uint32Array, into: CrossReferences): void {
  const { methods, offsets, opcodes } = into;
  for (let index = 0; index < count * ENTRY; index += ENTRY) {
    const target = entries[index] ?? 0;
    const place = next[target] ?? 0;
    next[target] = place + 1;
    const packed = entries[index + 1] ?? 0;
    methods[place] = packed & METHOD_MASK;
    opcodes[place] = packed >>> OPCODE_SHIFT;
    offsets[place] = entries[index + 2] ?? 0;
  }
}
