import type { SignalId } from '@vedette/contracts';

/** What a condition names, known before it is ever evaluated. */
export interface ExpressionReads {
  readonly signals: readonly SignalId[];
  readonly threats: boolean;
  readonly apps: boolean;
}

/** The four variables of a condition. Made by `expressionFacts`. */
export interface ExpressionFacts {
  readonly device: object;
  readonly signals: ReadonlyMap<string, object>;
  readonly threats: readonly object[];
  readonly apps: readonly object[];
}

export type ExpressionResult =
  | { readonly ok: true; readonly value: boolean }
  | { readonly ok: false; readonly message: string };

/** The port behind which the expression language lives: what `decide` needs of a checked condition. Evaluation is total. */
export interface PolicyExpression {
  readonly source: string;
  readonly reads: ExpressionReads;
  evaluate(facts: ExpressionFacts): ExpressionResult;
}

/** A condition that was accepted, or why not. `offset` is the place in the source, in UTF-16 units. */
export type CompiledExpression =
  | { readonly expression: PolicyExpression }
  | { readonly error: { readonly message: string; readonly offset: number | null } };
