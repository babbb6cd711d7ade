export { createExpressionCompiler, type ExpressionCompiler } from './compile-expression.ts';
export {
  type CompiledPolicy,
  type CompiledRule,
  type CompilePolicyResult,
  compilePolicy,
  type PolicyError,
} from './compile-policy.ts';
export { decide } from './decide.ts';
export { DEFAULT_POLICY } from './default-policy.ts';
export { explain } from './explain.ts';
export { signalThreatKey } from './expression-facts.ts';
export type {
  CompiledExpression,
  ExpressionFacts,
  ExpressionReads,
  ExpressionResult,
  PolicyExpression,
} from './policy-expression.ts';
export type { DecideInput, PolicyApp, PolicyDevice, PolicyThreat } from './policy-input.ts';
export { missingEvidence } from './required-evidence.ts';
