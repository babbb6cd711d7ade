import type { PolicyDocument, PolicyRule } from '@vedette/contracts';
import { createExpressionCompiler } from './compile-expression.ts';
import type { PolicyExpression } from './policy-expression.ts';

/** A rule whose condition was parsed and checked. */
export interface CompiledRule {
  readonly rule: PolicyRule;
  readonly expression: PolicyExpression;
}

/** A policy ready to be evaluated any number of times. Only enabled rules are in it. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly rules: readonly CompiledRule[];
}

/** One thing wrong with a document: `path` as in `rules.3.when`. */
export interface PolicyError {
  readonly path: string;
  readonly message: string;
}

export type CompilePolicyResult = { readonly policy: CompiledPolicy } | { readonly errors: readonly PolicyError[] };

function duplicates(ids: readonly string[]): number[] {
  return ids.flatMap((id, index) => (ids.indexOf(id) === index ? [] : [index]));
}

/**
 * Checks a document that has already passed the `PolicyDocument` schema: ids are unique, every condition (also of a disabled rule) parses, is typed, is bounded.
 * Never throws; all errors are given at once.
 */
export function compilePolicy(document: PolicyDocument): CompilePolicyResult {
  const compiler = createExpressionCompiler();
  const errors: PolicyError[] = [];
  const rules: CompiledRule[] = [];
  for (const index of duplicates(document.rules.map((rule) => rule.id))) {
    errors.push({ path: `rules.${index}.id`, message: 'another rule has the same id' });
  }
  for (const [index, rule] of document.rules.entries()) {
    for (const at of duplicates(rule.actions.map((action) => action.id))) {
      errors.push({ path: `rules.${index}.actions.${at}.id`, message: 'another action of this rule has the same id' });
    }
    const compiled = compiler.compile(rule.when);
    if ('error' in compiled) {
      const { message, offset } = compiled.error;
      const place = offset === null ? '' : ` (at character ${offset + 1})`;
      errors.push({ path: `rules.${index}.when`, message: `${message}${place}` });
    } else if (rule.enabled) {
      rules.push({ rule, expression: compiled.expression });
    }
  }
  return errors.length > 0 ? { errors } : { policy: { document, rules } };
}
