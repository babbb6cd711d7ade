import { type Budget, type Diagnostics, hex, u16At, u32At } from '@vedette/bytes';
import type { MethodTable } from './class-data.ts';
import { createCodeChecks, triesCharge } from './code-checks.ts';
import { CODE_HEADER_SIZE } from './code-item.ts';
import { type CodeSweep, createCodeSweep } from './code-sweep.ts';
import type { DexHeader } from './dex-header.ts';
import { noteInstruction } from './instruction-references.ts';
import { beginsAt, createPlainSweep, sweepPlainMethod } from './plain-sweep.ts';
import { createReferenceLog, type References, sortReferences } from './reference-log.ts';
import { traverseCode } from './traverse-code.ts';

/** All instructions of a file, decoded once. Indices are those of `MethodTable`. */
export interface DecodedCode extends References {
  /** First code unit of each method's instructions, as an index into `units`; 0 for methods without code. */
  readonly starts: Uint32Array;
  /** Number of code units of each method. */
  readonly lengths: Uint32Array;
  readonly instructions: number;
  /**
   * Methods, ascending, where decoding one instruction behind the other meets something that no compiler makes (an
   * unused opcode, a jump into the middle of an instruction). Their references are those of the code that control can
   * reach from the method's start and handlers.
   */
  readonly oddMethods: readonly number[];
}

/** Decoded per file: 48 MB of instructions, three times what 65,536 methods of real apps take. */
const MAX_UNITS = 24 * 1024 * 1024;

export interface CodeInput {
  readonly bytes: Uint8Array;
  /** The same bytes as 16-bit units. */
  readonly units: Uint16Array;
  readonly header: DexHeader;
  /** How many call sites and method handles the map list has. */
  readonly callSites: number;
  readonly methodHandles: number;
  readonly methods: MethodTable;
  readonly budget: Budget;
  readonly diagnostics: Diagnostics;
}

/**
 * Decodes every method by linear sweep and notes what it refers to. A method that leads outside of the file is cut
 * there, an unused opcode is stepped over; both are diagnostics, and the references then are those of reachable code.
 * Methods may share code, but what is decoded in sum stays in proportion to the file.
 */
export function decodeCode(input: CodeInput): DecodedCode {
  const { header, methods, units, bytes, diagnostics } = input;
  const starts = new Uint32Array(methods.count);
  const lengths = new Uint32Array(methods.count);
  const oddMethods: number[] = [];
  const limits = {
    strings: header.strings.count,
    types: header.types.count,
    fields: header.fields.count,
    methods: header.methods.count,
    protos: header.protos.count,
    callSites: input.callSites,
    methodHandles: input.methodHandles,
  };
  // Of the units of a real file about one in sixteen belongs to an instruction that refers to something.
  const log = createReferenceLog(limits, units.length >> 4);
  const plain = createPlainSweep(units, log);
  let careful: CodeSweep | undefined;
  const checks = createCodeChecks(bytes, header, diagnostics);
  let unitsLeft = Math.min(units.length * 4, MAX_UNITS);

  /** Whether to go on with the next method. */
  const decodeMethod = (method: number): boolean => {
    const codeOffset = methods.codeOffsets[method] ?? 0;
    if (codeOffset === 0) return true;
    const place = { offset: codeOffset };
    if (!input.budget.hasTime()) {
      diagnostics.error('budget.time', `decoding stopped after ${method} of ${methods.count} methods`, place);
      return false;
    }
    const start = (codeOffset + CODE_HEADER_SIZE) / 2;
    if (!Number.isInteger(start) || start > units.length) {
      diagnostics.warning('dex.code.offset', `the code of method ${method} is at ${hex(codeOffset)}`, place);
      return true;
    }
    const declared = u32At(bytes, codeOffset + 12);
    const length = Math.min(declared, units.length - start);
    if (length < declared) {
      diagnostics.warning('dex.code.truncated', `${declared} units announced, the file has ${length}`, place);
    }
    const charge = length + triesCharge(bytes, codeOffset);
    if (charge > unitsLeft + CODE_HEADER_SIZE) {
      const message = `methods share so much code that decoding stopped after ${method} of ${methods.count}`;
      diagnostics.error('budget.code', message, place);
      return false;
    }
    unitsLeft -= charge;
    starts[method] = start;
    lengths[method] = length;
    checks.item(method, codeOffset, declared);
    const before = log.count;
    const registers = u16At(bytes, codeOffset);
    let odd = 0;
    let isBoundary = (address: number): boolean => beginsAt(plain, address);
    if (!sweepPlainMethod(plain, method, start, length, registers)) {
      careful ??= createCodeSweep(units, log, diagnostics);
      odd = careful.method(method, start, length, registers);
      isBoundary = careful.isBoundary;
    }
    const handlers = checks.handlers(codeOffset, declared, length, isBoundary);
    const inside = handlers.some((address) => address < length && !isBoundary(address));
    if (inside) {
      diagnostics.warning('dex.code.overlap', 'a handler begins in the middle of an instruction', place);
    }
    if (odd === 0 && !inside) {
      if (units[start] === 0 && length >= ERASED_UNITS && isErased(units, start, length)) {
        diagnostics.warning('dex.code.erased', `method ${method} does nothing but pass over ${length} units`, place);
      }
      return true;
    }
    oddMethods.push(method);
    // What a linear sweep saw there is not what runs.
    log.count = before;
    for (const address of traverseCode(units, start, length, handlers).addresses) {
      noteInstruction(log, units, start + address, method, address, diagnostics);
    }
    return true;
  };
  for (let method = 0; method < methods.count && decodeMethod(method); method++);
  const instructions = plain.instructions + (careful?.instructions() ?? 0);
  return { starts, lengths, instructions, oddMethods, ...sortReferences(log) };
}

/** A body of `nop`s shorter than this may be what a compiler left. */
const ERASED_UNITS = 8;

/** Whether a body is `nop`s up to its last unit: it was taken out, to be put back at run time by native code. */
function isErased(units: Uint16Array, start: number, length: number): boolean {
  for (let at = start; at < start + length - 3; at++) if (units[at] !== 0) return false;
  return true;
}
