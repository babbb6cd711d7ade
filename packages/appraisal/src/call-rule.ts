import type { MethodQuery } from '@vedette/program';
import { type CodeRule, codeRule } from './code-rule.ts';
import { atCall } from './evidence.ts';
import { hit, type Rule } from './rule.ts';

/** What differs between rules that look for calls of certain methods. */
export interface CallRule extends CodeRule {
  readonly calls: readonly MethodQuery[];
  /** What is to be seen at each call. */
  readonly note: string;
}

/** A rule that fires when code calls one of the methods. That the call is there does not say that it is ever reached. */
export function callRule(spec: CallRule): Rule {
  return codeRule(spec, (_image, ctx) => hit(ctx.calls(...spec.calls).map((call) => atCall(call, spec.note))));
}
