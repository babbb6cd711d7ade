import { type Budget, type Diagnostics, hex, u32At } from '@vedette/bytes';
import type { MethodTable } from './class-data.ts';
import { type CrossReferences, createReferenceLog, type ReferenceLog } from './cross-references.ts';
import type { DexHeader } from './dex-header.ts';
import {
  instructionTable,
  payloadWidth,
  REFERENCE_FIELD,
  REFERENCE_METHOD,
  REFERENCE_STRING,
  REFERENCE_STRING_JUMBO,
  REFERENCE_TYPE,
} from './opcodes.ts';

/** All instructions of a file, decoded once. Indices are those of `MethodTable`. */
export interface DecodedCode {
  /** First code unit of each method's instructions, as an index into `units`; 0 for methods without code. */
  readonly starts: Uint32Array;
  /** Number of code units of each method. */
  readonly lengths: Uint32Array;
  readonly instructions: number;
  readonly calls: CrossReferences;
  readonly strings: CrossReferences;
  readonly types: CrossReferences;
  readonly fields: CrossReferences;
}

/** `code_item`: four 16-bit counts, debug offset, number of units; then the instructions. */
const CODE_HEADER_SIZE = 16;
/** Decoded per file: 48 MB of instructions, three times what 65,536 methods of real apps take. */
const MAX_UNITS = 24 * 1024 * 1024;

export interface CodeInput {
  readonly bytes: Uint8Array;
  /** The same bytes as 16-bit units. */
  readonly units: Uint16Array;
  readonly header: DexHeader;
  readonly methods: MethodTable;
  readonly budget: Budget;
  readonly diagnostics: Diagnostics;
}

interface Logs {
  readonly calls: ReferenceLog;
  readonly strings: ReferenceLog;
  readonly types: ReferenceLog;
  readonly fields: ReferenceLog;
}

/**
 * Decodes every method by linear sweep and notes what it refers to. A method that leads outside of the file is cut
 * there, an unused opcode is stepped over; both are diagnostics. Methods may share code, but what is decoded in sum
 * stays in proportion to the file.
 */
export function decodeCode(input: CodeInput): DecodedCode {
  const { header, methods, units, diagnostics } = input;
  const starts = new Uint32Array(methods.count);
  const lengths = new Uint32Array(methods.count);
  const logs: Logs = {
    calls: createReferenceLog(),
    strings: createReferenceLog(),
    types: createReferenceLog(),
    fields: createReferenceLog(),
  };
  const sweep = createSweep(input, logs);
  let unitsLeft = Math.min(units.length * 4, MAX_UNITS);

  for (let method = 0; method < methods.count; method++) {
    const codeOffset = methods.codeOffsets[method] ?? 0;
    if (codeOffset === 0) continue;
    const place = { offset: codeOffset };
    if (!input.budget.hasTime()) {
      diagnostics.error('budget.time', `decoding stopped after ${method} of ${methods.count} methods`, place);
      break;
    }
    const start = (codeOffset + CODE_HEADER_SIZE) / 2;
    if (!Number.isInteger(start) || start > units.length) {
      diagnostics.warning('dex.code.offset', `the code of method ${method} is at ${hex(codeOffset)}`, place);
      continue;
    }
    const declared = u32At(input.bytes, codeOffset + 12);
    const length = Math.min(declared, units.length - start);
    if (length < declared) {
      diagnostics.warning('dex.code.truncated', `${declared} units announced, the file has ${length}`, place);
    }
    if (length > unitsLeft) {
      const message = `methods share so much code that decoding stopped after ${method} of ${methods.count}`;
      diagnostics.error('budget.code', message, place);
      break;
    }
    unitsLeft -= length;
    starts[method] = start;
    lengths[method] = length;
    sweep.method(method, start, length);
  }
  return {
    starts,
    lengths,
    instructions: sweep.instructions(),
    calls: logs.calls.finish(header.methods.count),
    strings: logs.strings.finish(header.strings.count),
    types: logs.types.finish(header.types.count),
    fields: logs.fields.finish(header.fields.count),
  };
}

interface Sweep {
  method(method: number, start: number, length: number): void;
  instructions(): number;
}

/** The hot loop: one table look-up per instruction, three stores per reference. */
function createSweep(input: CodeInput, logs: Logs): Sweep {
  const { units, header, diagnostics } = input;
  const table = instructionTable();
  const { calls, strings, types, fields } = logs;
  const limits = {
    methods: header.methods.count,
    strings: header.strings.count,
    types: header.types.count,
    fields: header.fields.count,
  };
  let instructions = 0;

  const outOfRange = (what: string, index: number, at: number): void => {
    const message = `an instruction refers to ${what} ${index}, which does not exist`;
    diagnostics.warning('dex.code.index', message, { offset: at * 2 });
  };

  const reference = (kind: number, at: number, method: number, offset: number): void => {
    const index = units[at + 1] ?? 0;
    switch (kind) {
      case REFERENCE_METHOD:
        if (index < limits.methods) calls.add(index, method, offset, (units[at] ?? 0) & 0xff);
        else outOfRange('method', index, at);
        return;
      case REFERENCE_FIELD:
        if (index < limits.fields) fields.add(index, method, offset, (units[at] ?? 0) & 0xff);
        else outOfRange('field', index, at);
        return;
      case REFERENCE_TYPE:
        if (index < limits.types) types.add(index, method, offset, (units[at] ?? 0) & 0xff);
        else outOfRange('type', index, at);
        return;
      case REFERENCE_STRING:
      case REFERENCE_STRING_JUMBO: {
        const wide = kind === REFERENCE_STRING_JUMBO ? index + (units[at + 2] ?? 0) * 0x1_0000 : index;
        if (wide < limits.strings) strings.add(wide, method, offset, (units[at] ?? 0) & 0xff);
        else outOfRange('string', wide, at);
        return;
      }
      default:
    }
  };

  return {
    method(method, start, length) {
      const end = start + length;
      let at = start;
      while (at < end) {
        const unit = units[at] ?? 0;
        const info = table[unit & 0xff] ?? 0;
        let width = info & 15;
        if (unit > 0xff && (unit & 0xff) === 0) width = payloadWidth(units, at) || 1;
        else instructions += 1;
        if (width === 0) {
          diagnostics.warning('dex.code.unused-opcode', `unused opcode ${hex(unit & 0xff, 2)}`, { offset: at * 2 });
          width = 1;
        }
        if (at + width > end) {
          diagnostics.warning('dex.code.overrun', 'the last instruction reaches beyond its method', { offset: at * 2 });
          break;
        }
        if (info > 15) reference(info >> 4, at, method, at - start);
        at += width;
      }
    },
    instructions: () => instructions,
  };
}
