export { type AppraiseOptions, appraise } from './appraise.ts';
export { renderAppraisalText, type TextOptions } from './render/render-appraisal-text.ts';
export type { Rule, RuleKind, Source, Weight } from './rule.ts';
export { RULES } from './rules/index.ts';
export { renderRulesDocument } from './rules-document.ts';
export {
  MALICIOUS_FROM,
  RISKY_FROM_DATA_RISK,
  RISKY_FROM_MALICE,
  STRONG_BEHAVIOUR_FROM,
  sumOf,
} from './score.ts';
