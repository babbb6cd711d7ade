import type { Evidence } from '@vedette/contracts';
import type { AppImage, CallArguments, CallSite, CodeSite, Constant, MethodQuery } from '@vedette/program';
import { atCall, shorten } from '../../evidence.ts';
import { methodKey } from '../../method-key.ts';
import type { RuleContext } from '../../rule-context.ts';
import type { Finder } from '../../rule-table.ts';

/** Whether a constant is what a rule looks for. */
export type ConstantTest = (constant: Constant) => boolean;

/**
 * A method as text: `a.b.C.name` for all overloads, `a.b.C.name(I)V` for one, `*.name(I)V` in any class. Calls through classes of the app
 * that inherit it count.
 */
export function methodQuery(text: string): MethodQuery {
  const bracket = text.indexOf('(');
  const end = bracket === -1 ? text.length : bracket;
  const dot = text.lastIndexOf('.', end);
  const owner = text.slice(0, dot);
  return {
    ...(owner === '*' ? {} : { class: owner, inherited: true }),
    name: text.slice(dot + 1, end),
    ...(bracket === -1 ? {} : { descriptor: text.slice(bracket) }),
  };
}

/** Calls of the methods. */
export function callsOf(ctx: RuleContext, methods: readonly string[]): readonly CallSite[] {
  return methods.length === 0 ? [] : ctx.calls(...methods.map(methodQuery));
}

/** What a call passes, wherever its code lies; null where that is not known. */
export function argumentsAt(image: AppImage, site: CodeSite): CallArguments | null {
  return image.code.argumentsOf(site) ?? image.loadable.argumentsOf(site);
}

/** Calls of any of the methods. */
export function called(note: string, ...methods: readonly string[]): Finder {
  return (_image, ctx) => callsOf(ctx, methods).map((call) => atCall(call, note));
}

/**
 * Calls that pass a constant of the wanted kind as the parameter at `index` (from 0), or as the receiver. What is not constant is not
 * known and is no finding. The evidence shows the value.
 */
export function passing(
  methods: string | readonly string[],
  index: number | 'receiver',
  test: ConstantTest,
  note: string,
  show: (constant: Constant) => string = shownConstant,
): Finder {
  return (image, ctx) =>
    callsOf(ctx, typeof methods === 'string' ? [methods] : methods).flatMap((call) => {
      const passed = argumentsAt(image, call);
      const constant = (index === 'receiver' ? passed?.receiver : passed?.parameters[index]) ?? null;
      return constant === null || !test(constant) ? [] : [atCall(call, `${note}: ${show(constant)}`)];
    });
}

/** Calls of `methods` in methods that also call one of `beside`, and none of `without`. They need not have to do with each other. */
export function besideIn(
  methods: readonly string[],
  beside: readonly string[],
  note: string,
  without: readonly string[] = [],
): Finder {
  return (_image, ctx) => {
    const calls = callsOf(ctx, methods);
    if (calls.length === 0) return [];
    const wanted = new Set(callsOf(ctx, beside).map(methodKey));
    if (wanted.size === 0) return [];
    const spared = new Set(callsOf(ctx, without).map(methodKey));
    return calls
      .filter((call) => wanted.has(methodKey(call)) && !spared.has(methodKey(call)))
      .map((call) => atCall(call, note));
  };
}

/** What several finders find together. */
export function anyOf(...finders: readonly Finder[]): Finder {
  return (image, ctx) => finders.flatMap((find): readonly Evidence[] => find(image, ctx));
}

/** A text that matches. */
export function text(pattern: RegExp): ConstantTest {
  return (constant) => constant.kind === 'string' && pattern.test(constant.value);
}

/** A number for which this holds. */
export function number(holds: (value: number) => boolean): ConstantTest {
  return (constant) => constant.kind === 'number' && holds(constant.value);
}

/** The constant `true`. */
export const isTrue: ConstantTest = number((value) => value === 1);
/** The constant `false`, zero, or no object. */
export const isFalse: ConstantTest = number((value) => value === 0);

/** A constant for a reader. */
export function shownConstant(constant: Constant): string {
  switch (constant.kind) {
    case 'string':
      return JSON.stringify(shorten(constant.value));
    case 'number':
      return String(constant.value);
    default:
      return shorten(constant.name);
  }
}

/** A flag for a reader. */
export function shownFlag(constant: Constant): string {
  return constant.kind === 'number' ? String(constant.value !== 0) : shownConstant(constant);
}

/** Bits for a reader. */
export function shownBits(constant: Constant): string {
  return constant.kind === 'number' ? `0x${(constant.value >>> 0).toString(16)}` : shownConstant(constant);
}

/** A secret for a reader: how it begins and how long it is, no more. */
export function shownSecret(constant: Constant): string {
  if (constant.kind !== 'string') return shownConstant(constant);
  const { value } = constant;
  return `"${shorten(value.slice(0, Math.min(2, Math.floor(value.length / 4))))}…" (${value.length} characters)`;
}
