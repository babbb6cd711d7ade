import { type Diagnostics, hex } from '@vedette/bytes';
import { noteReference, type ReferenceLog } from './reference-log.ts';
import {
  ACTION_BRANCH_8,
  ACTION_CALL_SITE,
  ACTION_FIELD,
  ACTION_METHOD,
  ACTION_METHOD_HANDLE,
  ACTION_POLYMORPHIC,
  ACTION_PROTO,
  ACTION_SHIFT,
  ACTION_STRING,
  ACTION_STRING_JUMBO,
  ACTION_TYPE,
  sweepTable,
} from './sweep-table.ts';

const NAMES: Readonly<Record<number, string>> = {
  [ACTION_METHOD]: 'method',
  [ACTION_FIELD]: 'field',
  [ACTION_TYPE]: 'type',
  [ACTION_STRING]: 'string',
  [ACTION_PROTO]: 'prototype',
  [ACTION_CALL_SITE]: 'call site',
  [ACTION_METHOD_HANDLE]: 'method handle',
};

/**
 * Notes what the instruction at `at` (an index into the units) refers to, if anything. What does not exist is reported if
 * there is somebody to report to. Gives whether everything exists.
 */
export function noteInstruction(
  log: ReferenceLog,
  units: Uint16Array,
  at: number,
  method: number,
  offset: number,
  diagnostics: Diagnostics | null,
): boolean {
  const opcode = (units[at] ?? 0) & 0xff;
  const index = units[at + 1] ?? 0;
  const action = ((sweepTable()[opcode] ?? 0) >> ACTION_SHIFT) & 15;
  const note = (kind: number, target: number): boolean => {
    if (noteReference(log, kind, target, method, offset, opcode)) return true;
    const message = `an instruction refers to ${NAMES[kind] ?? 'something'} ${hex(target)}, which does not exist`;
    diagnostics?.warning('dex.code.index', message, { offset: at * 2 });
    return false;
  };
  if (action === ACTION_STRING_JUMBO) return note(ACTION_STRING, index + (units[at + 2] ?? 0) * 0x1_0000);
  if (action === ACTION_POLYMORPHIC) {
    const isMethod = note(ACTION_METHOD, index);
    return note(ACTION_PROTO, units[at + 3] ?? 0) && isMethod;
  }
  return action === 0 || action >= ACTION_BRANCH_8 || note(action, index);
}
