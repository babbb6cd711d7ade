import type { CallSite, DefinedMethod } from '@vedette/program';
import { ownCalls } from '../../call-groups.ts';
import { codeRule } from '../../code-rule.ts';
import { atCall } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { hit } from '../../rule.ts';

const LOADS = [
  { class: 'java.lang.System', name: 'loadLibrary' },
  { class: 'java.lang.System', name: 'load' },
  { class: 'java.lang.Runtime', name: 'loadLibrary' },
];
const ACC_ABSTRACT = 0x400;
/** Fewer places are an ordinary question to a library: its version, an error's text. */
const FEWEST_CALLS = 5;
const MOST_METHODS = 200;
/** Takes numbers, bytes or a text, and gives a text. */
const DECRYPTS = /^\((?:[IJSBC]|\[B|\[C|Ljava\/lang\/String;){1,3}\)Ljava\/lang\/String;$/u;

const found = codeRule(
  {
    name: 'native-strings',
    title: 'The app has its texts made by native code',
    why: 'Texts that are decrypted in a library are not to be read in the package: addresses, keys and commands among them. This analysis is blind there.',
    remedy: 'Watch the method’s answers while the app runs.',
    severity: 'low',
    kind: 'behaviour',
    malice: { base: 4, inLibrary: 1 },
    mappings: { masvs: ['MASVS-RESILIENCE-3'], attack: ['T1406', 'T1575'] },
  },
  (image, ctx) => {
    // Going through all methods costs as much as all other rules together: most apps load no library of their own.
    if (ownCalls(ctx, LOADS).length === 0) return null;
    const calls: CallSite[] = [];
    let methods = 0;
    for (const method of image.code.methods()) {
      if (!isNative(method) || !DECRYPTS.test(method.descriptor) || libraryOf(method.class) !== null) continue;
      if (methods++ >= MOST_METHODS) break;
      const { class: owner, name, descriptor } = method;
      const own = ctx.calls({ class: owner, name, descriptor }).filter((call) => libraryOf(call.class) === null);
      if (own.length >= FEWEST_CALLS) calls.push(...own);
    }
    return hit(calls.map((call) => atCall(call, 'a text made by native code')));
  },
);

export const nativeStrings = { ...found, id: 'android.evasion.native-strings' };

/** Without code and not abstract. */
function isNative({ codeUnits, accessFlags }: DefinedMethod): boolean {
  return codeUnits === 0 && (accessFlags & ACC_ABSTRACT) === 0;
}
