import type { Environment, ParseResult } from '@marcbachmann/cel-js';
import { createCelEnvironment, REGEX_TEXT_BUDGET, type RegexState } from './cel-environment.ts';
import { checkExpression, ExpressionRefusal } from './check-expression.ts';
import type { CompiledExpression, ExpressionFacts, ExpressionResult, PolicyExpression } from './policy-expression.ts';

/** Longest source taken, in UTF-16 units; the same as the schema's bound. */
const MAX_SOURCE_LENGTH = 2000;

function summaryOf(error: unknown): { message: string; offset: number | null } {
  if (error instanceof ExpressionRefusal) return { message: error.message, offset: error.offset };
  if (!(error instanceof Error)) return { message: String(error), offset: null };
  // The evaluator's errors carry a one-line summary and a range; its message draws the source with a marker, which is for terminals.
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
  const range: unknown = 'range' in error ? error.range : undefined;
  const start = typeof range === 'object' && range !== null && 'start' in range ? range.start : null;
  return { message: summary.slice(0, 500), offset: typeof start === 'number' ? start : null };
}

function evaluate(parsed: ParseResult, regex: RegexState, facts: ExpressionFacts): ExpressionResult {
  regex.textLeft = REGEX_TEXT_BUDGET;
  try {
    const value: unknown = parsed({ ...facts });
    return typeof value === 'boolean'
      ? { ok: true, value }
      : { ok: false, message: 'the condition is not true or false' };
  } catch (error) {
    return { ok: false, message: summaryOf(error).message };
  }
}

/** Compiles conditions. One compiler shares one environment, which is costly to make; it holds no state that a caller can see. */
export interface ExpressionCompiler {
  compile(source: string): CompiledExpression;
}

/** See `createCelEnvironment` for the language. */
export function createExpressionCompiler(): ExpressionCompiler {
  const regex: RegexState = { patterns: new Map(), textLeft: 0 };
  const environment: Environment = createCelEnvironment(regex);

  function compile(source: string): CompiledExpression {
    if (source.length > MAX_SOURCE_LENGTH) {
      return { error: { message: `a condition has at most ${MAX_SOURCE_LENGTH} characters`, offset: null } };
    }
    try {
      const parsed = environment.parse(source);
      const { reads, patterns } = checkExpression(parsed.ast);
      const check = parsed.check();
      if (!check.valid) return { error: summaryOf(check.error) };
      if (check.type !== 'bool') {
        return {
          error: {
            message: `a condition must be true or false; this is ${check.type ?? 'of no known type'}`,
            offset: 0,
          },
        };
      }
      for (const [text, pattern] of patterns) regex.patterns.set(text, pattern);
      const expression: PolicyExpression = {
        source,
        reads,
        evaluate: (facts) => evaluate(parsed, regex, facts),
      };
      return { expression };
    } catch (error) {
      return { error: summaryOf(error) };
    }
  }

  return { compile };
}
