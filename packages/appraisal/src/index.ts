export { type AppraiseOptions, appraise } from './appraise.ts';
export { renderAppraisalText, type TextOptions } from './render/render-appraisal-text.ts';
export type { Rule, RuleKind, Source, Weight } from './rule.ts';
export { RULES } from './rules/index.ts';
export { renderRulesDocument } from './rules-document.ts';
export {
  MALICIOUS_FROM,
  RISKY_FROM_DATA_RISK,
  RISKY_FROM_MALICE,
  RISKY_FROM_WEAKNESS,
  STRONG_BEHAVIOUR_FROM,
  STRONG_SUM_FROM,
  sumOf,
} from './score.ts';
