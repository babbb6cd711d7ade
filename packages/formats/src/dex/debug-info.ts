import { Cursor, createDiagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { codeItemOf } from './code-item.ts';
import type { DexFile } from './dex-file.ts';

export interface LinePosition {
  /** In code units from the method's start. */
  readonly address: number;
  readonly line: number;
  /** String index of the source file, where it is not that of the class. */
  readonly sourceFile: number | null;
}

export interface LocalVariable {
  readonly register: number;
  /** Null where the compiler left no name. */
  readonly name: string | null;
  /** Type descriptor; null where the file names none. */
  readonly descriptor: string | null;
  /** Generic signature. */
  readonly signature: string | null;
  /** Where the variable lives, in code units; the end is outside. */
  readonly start: number;
  readonly end: number;
}

export interface DebugInfo {
  /** One per parameter; null for none. `this` is not among them. */
  readonly parameterNames: readonly (string | null)[];
  readonly lineStart: number;
  readonly positions: readonly LinePosition[];
  /** In the order in which their lives end; those that live to the end of the method by register. */
  readonly locals: readonly LocalVariable[];
}

const ACC_STATIC = 0x8;
const FIRST_SPECIAL = 0x0a;

/**
 * `debug_info_item` of a defined method, executed ("Dalvik executable format", state machine). Null without one. A
 * program that is cut off or names registers that the method does not have is given as far as it goes, with a
 * diagnostic: the platform then shows no line numbers, and runs the method all the same.
 */
export function readDebugInfo(dex: DexFile, method: number): Parsed<DebugInfo | null> {
  const item = codeItemOf(dex, method);
  if (item === null || item.debugOffset === 0) return { value: null, diagnostics: [] };
  const diagnostics = createDiagnostics();
  const place = { offset: item.debugOffset };
  if (item.debugOffset >= dex.bytes.length) {
    diagnostics.warning('dex.debug-info.offset', 'debug information outside of the file', place);
    return { value: null, diagnostics: diagnostics.list() };
  }
  const cursor = new Cursor(dex.bytes, item.debugOffset);
  const lineStart = cursor.uleb128();
  const announced = cursor.uleb128();
  const parameterNames: (string | null)[] = [];
  for (let left = announced; left > 0 && !cursor.truncated; left--)
    parameterNames.push(stringAt(dex, uleb128p1(cursor)));

  const live = createLocals(dex, method, item.registers, item.ins, parameterNames);
  const positions: LinePosition[] = [];
  let address = 0;
  let line = lineStart;
  let sourceFile: number | null = null;
  let problem: string | null = null;
  const registerOr = (register: number): number => {
    if (register >= item.registers) problem = `debug information names register ${register} of ${item.registers}`;
    return register;
  };
  for (let opcode = cursor.u8(); opcode !== 0 && !cursor.truncated; opcode = cursor.u8()) {
    if (problem !== null) break;
    if (opcode >= FIRST_SPECIAL) {
      const adjusted = opcode - FIRST_SPECIAL;
      address += Math.floor(adjusted / 15);
      line = (line + (adjusted % 15) - 4) | 0;
      positions.push({ address, line, sourceFile });
      continue;
    }
    switch (opcode) {
      case 0x01:
        address = (address + cursor.uleb128()) >>> 0;
        break;
      case 0x02:
        line = (line + cursor.sleb128()) | 0;
        break;
      case 0x03:
      case 0x04: {
        const register = registerOr(cursor.uleb128());
        const name = stringAt(dex, uleb128p1(cursor));
        const type = uleb128p1(cursor);
        const signature = opcode === 0x04 ? stringAt(dex, uleb128p1(cursor)) : null;
        const descriptor = type < 0 ? null : dex.typeDescriptor(type);
        if (problem === null) live.begin(register, { name, descriptor, signature }, address);
        break;
      }
      case 0x05:
        live.end(registerOr(cursor.uleb128()), address);
        break;
      case 0x06:
        live.restart(registerOr(cursor.uleb128()), address);
        break;
      case 0x09: {
        const file = uleb128p1(cursor);
        sourceFile = file < 0 ? null : file;
        break;
      }
      // 0x07 and 0x08 mark the end of the prologue and the beginning of the epilogue.
      default:
    }
  }
  if (cursor.truncated) problem ??= 'debug information leads out of the file';
  if (problem !== null) diagnostics.warning('dex.debug-info.program', problem, place);
  const locals = live.finish(item.units);
  return { value: { parameterNames, lineStart, positions, locals }, diagnostics: diagnostics.list() };
}

/** `uleb128p1`: one less than what is written; -1 for none. */
function uleb128p1(cursor: Cursor): number {
  return cursor.uleb128() - 1;
}

function stringAt(dex: DexFile, index: number): string | null {
  return index < 0 ? null : dex.strings.get(index);
}

type Named = Pick<LocalVariable, 'name' | 'descriptor' | 'signature'>;

interface Locals {
  begin(register: number, named: Named, address: number): void;
  end(register: number, address: number): void;
  restart(register: number, address: number): void;
  finish(address: number): readonly LocalVariable[];
}

/** Which variable lives in which register; `this` and the parameters live from the start, in the last registers. */
function createLocals(
  dex: DexFile,
  method: number,
  registers: number,
  ins: number,
  names: readonly (string | null)[],
): Locals {
  const done: LocalVariable[] = [];
  const slots = new Map<number, Named & { readonly start: number; readonly isLive: boolean }>();
  const put = (register: number, named: Named, start: number): void => {
    slots.set(register, { ...named, start, isLive: true });
  };
  const close = (register: number, end: number): void => {
    const slot = slots.get(register);
    if (slot === undefined || !slot.isLive) return;
    const { name, descriptor, signature, start } = slot;
    done.push({ register, name, descriptor, signature, start, end });
    slots.set(register, { ...slot, isLive: false });
  };

  const methodId = dex.methods.methodIds[method] ?? 0;
  let register = registers - ins;
  if (((dex.methods.accessFlags[method] ?? 0) & ACC_STATIC) === 0) {
    put(register, { name: 'this', descriptor: dex.typeDescriptor(dex.methodClass(methodId)), signature: null }, 0);
    register += 1;
  }
  for (const [index, type] of (dex.proto(dex.methodProto(methodId))?.parameters ?? []).entries()) {
    const descriptor = dex.typeDescriptor(type);
    if (register >= 0 && register < registers)
      put(register, { name: names[index] ?? null, descriptor, signature: null }, 0);
    register += descriptor === 'J' || descriptor === 'D' ? 2 : 1;
  }
  return {
    begin(at, named, address) {
      close(at, address);
      put(at, named, address);
    },
    end: close,
    restart(at, address) {
      const slot = slots.get(at);
      if (slot !== undefined && !slot.isLive) slots.set(at, { ...slot, start: address, isLive: true });
    },
    finish(address) {
      for (const at of [...slots.keys()].sort((a, b) => a - b)) close(at, address);
      return done;
    },
  };
}
