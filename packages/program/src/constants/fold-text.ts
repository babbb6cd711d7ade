import type { DalvikInstruction, DexFile } from '@vedette/formats';
import { type Registers, setText, type Value } from './values.ts';

/** Longest text put together: what is longer is no name, key or address. */
const MAX_TEXT = 4_096;
const BUILDERS = new Set(['java.lang.StringBuilder', 'java.lang.StringBuffer']);

export function isBuilder(className: string): boolean {
  return BUILDERS.has(className);
}

/**
 * What a call gives back, where it puts texts together from constants: `concat`, `valueOf`, `toString`, and builders, whose
 * text it keeps. A builder that is passed to anything else may be changed there: its text is forgotten. Null for not known.
 */
export function foldCall(
  dex: DexFile,
  { index, mnemonic, registers: passed }: DalvikInstruction,
  registers: Registers,
): Value | null {
  const values = passed.map((register) => registers.get(register));
  const [receiver, first] = values;
  const forget = (from: number): void => {
    for (const value of values.slice(from)) if (value?.kind === 'builder') setText(registers, value, null);
  };
  if (index === null || mnemonic.startsWith('invoke-custom')) {
    forget(0);
    return null;
  }
  const owner = dex.typeName(dex.methodClass(index));
  const call = dex.methodName(index) + dex.methodDescriptor(index).replace(/\).*$/, ')');
  if (owner === 'java.lang.String') {
    forget(0);
    return foldString(call, receiver, first);
  }
  forget(1);
  if (receiver?.kind !== 'builder') return null;
  if (!isBuilder(owner)) {
    forget(0);
    return null;
  }
  const append = /^append\((.*)\)$/.exec(call)?.[1];
  if (append !== undefined) {
    const added = first === undefined ? null : textOf(append, first);
    const text = added === null || receiver.text === null ? null : receiver.text + added;
    return setText(registers, receiver, text === null || text.length > MAX_TEXT ? null : text);
  }
  if (call === 'toString()') return receiver.text === null ? null : { kind: 'string', value: receiver.text };
  if (call === '<init>()' || call === '<init>(I)') setText(registers, receiver, '');
  else if (call === '<init>(Ljava/lang/String;)')
    setText(registers, receiver, first?.kind === 'string' ? first.value : null);
  else if (call !== 'length()') setText(registers, receiver, null);
  return null;
}

function foldString(call: string, one: Value | undefined, other: Value | undefined): Value | null {
  if (one === undefined) return null;
  const valueOf = /^valueOf\((.*)\)$/.exec(call)?.[1];
  if (valueOf !== undefined) return string(textOf(valueOf, one));
  if (one.kind !== 'string') return null;
  if (call === 'toString()' || call === 'intern()') return one;
  if (call === 'trim()') return string(one.value.trim());
  if (call !== 'concat(Ljava/lang/String;)' || other?.kind !== 'string') return null;
  return string(one.value + other.value);
}

function string(text: string | null): Value | null {
  return text === null || text.length > MAX_TEXT ? null : { kind: 'string', value: text };
}

/** The text of a constant that is passed as the only parameter, of this type. A number passed as an object is `null`. */
function textOf(type: string, value: Value): string | null {
  // Not a part of a text, by its bounds.
  if (value.kind === 'string') return /^L[^;]+;$/.test(type) ? value.value : null;
  if (value.kind !== 'number') return null;
  if (type === 'I' || type === 'J') return String(value.value);
  if (type === 'C') return String.fromCharCode(value.value);
  return type === 'Z' ? String(value.value !== 0) : null;
}
