import type { FieldRef, MethodRef } from './dex-instructions.ts';

/** What stands behind a mnemonic. */
export interface ParsedOperands {
  readonly registers: readonly number[];
  readonly literal?: bigint;
  readonly label?: string;
  readonly reference?: AssemblyReference;
  /** A prototype behind a method. */
  readonly proto?: string;
}

export type AssemblyReference =
  | { readonly string: string }
  | { readonly type: string }
  | { readonly field: FieldRef }
  | { readonly method: MethodRef }
  | { readonly proto: string }
  | { readonly index: number };

/** Splits `v0, {v1 .. v3}, 5, :label, "text", Lcom/example/Main;->run()V, (I)V, call-site@3` into its parts. */
export function parseOperands(text: string, fail: (why: string) => never): ParsedOperands {
  const registers: number[] = [];
  let literal: bigint | undefined;
  let label: string | undefined;
  let reference: AssemblyReference | undefined;
  let proto: string | undefined;
  for (const part of split(text)) {
    const group = /^\{(.*)\}$/.exec(part);
    if (group !== null) registers.push(...registerList(group[1] ?? ''));
    else if (/^v\d+$/.test(part)) registers.push(Number(part.slice(1)));
    else if (/^-?(?:0x[0-9a-f]+|\d+)$/i.test(part))
      literal = part.startsWith('-') ? -BigInt(part.slice(1)) : BigInt(part);
    else if (part.startsWith(':')) label = part;
    else if (reference !== undefined && part.startsWith('(')) proto = part;
    else reference = referenceOf(part) ?? fail(`what is ${part}`);
  }
  return {
    registers,
    ...(literal === undefined ? {} : { literal }),
    ...(label === undefined ? {} : { label }),
    ...(reference === undefined ? {} : { reference }),
    ...(proto === undefined ? {} : { proto }),
  };
}

/** At commas outside of quotes and braces. */
function split(text: string): string[] {
  return (text.match(/"(?:[^"\\]|\\.)*"|\{[^}]*\}|[^,\s"{][^,"{]*/g) ?? []).map((part) => part.trim());
}

function registerList(text: string): number[] {
  const range = /^v(\d+)\s*\.\.\s*v(\d+)$/.exec(text.trim());
  if (range === null) return Array.from(text.matchAll(/v(\d+)/g), ([, digits]) => Number(digits));
  const first = Number(range[1]);
  return Array.from({ length: Number(range[2]) - first + 1 }, (_, index) => first + index);
}

function referenceOf(part: string): AssemblyReference | undefined {
  if (part.startsWith('"')) {
    const value: unknown = JSON.parse(part);
    return typeof value === 'string' ? { string: value } : undefined;
  }
  const index = /^[a-z-]+@(\d+)$/.exec(part);
  if (index !== null) return { index: Number(index[1]) };
  if (part.startsWith('(')) return { proto: part };
  const member = /^(\S+?)->([^(:]*)(:|\()(.*)$/.exec(part);
  if (member === null) return /^\[*(?:L.*;|[ZBSCIJFDV])$/.test(part) ? { type: part } : undefined;
  const [, owner = '', name = '', mark = '', rest = ''] = member;
  return mark === ':'
    ? { field: { class: owner, name, type: rest } }
    : { method: { class: owner, name, descriptor: `(${rest}` } };
}
