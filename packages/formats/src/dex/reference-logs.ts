import { type Diagnostics, hex } from '@vedette/bytes';
import { type CrossReferences, createReferenceLog, type ReferenceLog } from './cross-references.ts';
import {
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

export interface ReferenceLogs {
  /** Notes what the instruction at `at` (an index into the units) refers to, if anything. */
  instruction(at: number, method: number, offset: number): void;
  /** Forgets the references of `method`, the last one met. */
  forget(method: number): void;
  finish(): References;
}

/** Logs for every kind of reference that instructions make. */
export function createReferenceLogs(
  units: Uint16Array,
  limits: ReferenceLimits,
  diagnostics: Diagnostics,
): ReferenceLogs {
  const table = sweepTable();
  const calls = createReferenceLog();
  const strings = createReferenceLog();
  const types = createReferenceLog();
  const fields = createReferenceLog();
  const protos = createReferenceLog();
  const callSites = createReferenceLog();
  const methodHandles = createReferenceLog();
  const all: readonly ReferenceLog[] = [calls, strings, types, fields, protos, callSites, methodHandles];

  const outOfRange = (what: string, index: number, at: number): void => {
    const message = `an instruction refers to ${what} ${hex(index)}, which does not exist`;
    diagnostics.warning('dex.code.index', message, { offset: at * 2 });
  };

  return {
    instruction(at, method, offset) {
      const opcode = (units[at] ?? 0) & 0xff;
      const index = units[at + 1] ?? 0;
      switch (((table[opcode] ?? 0) >> ACTION_SHIFT) & 15) {
        case ACTION_METHOD:
          if (index < limits.methods) calls.add(index, method, offset, opcode);
          else outOfRange('method', index, at);
          return;
        case ACTION_FIELD:
          if (index < limits.fields) fields.add(index, method, offset, opcode);
          else outOfRange('field', index, at);
          return;
        case ACTION_TYPE:
          if (index < limits.types) types.add(index, method, offset, opcode);
          else outOfRange('type', index, at);
          return;
        case ACTION_STRING:
          if (index < limits.strings) strings.add(index, method, offset, opcode);
          else outOfRange('string', index, at);
          return;
        case ACTION_STRING_JUMBO: {
          const wide = index + (units[at + 2] ?? 0) * 0x1_0000;
          if (wide < limits.strings) strings.add(wide, method, offset, opcode);
          else outOfRange('string', wide, at);
          return;
        }
        case ACTION_POLYMORPHIC: {
          if (index < limits.methods) calls.add(index, method, offset, opcode);
          else outOfRange('method', index, at);
          const proto = units[at + 3] ?? 0;
          if (proto < limits.protos) protos.add(proto, method, offset, opcode);
          else outOfRange('prototype', proto, at);
          return;
        }
        case ACTION_PROTO:
          if (index < limits.protos) protos.add(index, method, offset, opcode);
          else outOfRange('prototype', index, at);
          return;
        case ACTION_CALL_SITE:
          if (index < limits.callSites) callSites.add(index, method, offset, opcode);
          else outOfRange('call site', index, at);
          return;
        case ACTION_METHOD_HANDLE:
          if (index < limits.methodHandles) methodHandles.add(index, method, offset, opcode);
          else outOfRange('method handle', index, at);
          return;
        default:
      }
    },
    forget(method) {
      for (const log of all) log.forget(method);
    },
    finish: () => ({
      calls: calls.finish(limits.methods),
      strings: strings.finish(limits.strings),
      types: types.finish(limits.types),
      fields: fields.finish(limits.fields),
      protos: protos.finish(limits.protos),
      callSites: callSites.finish(limits.callSites),
      methodHandles: methodHandles.finish(limits.methodHandles),
    }),
  };
}
