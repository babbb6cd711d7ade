export { type AppraiseOptions, appraise } from './appraise.ts';
export { compareAppraisals } from './difference/compare-appraisals.ts';
export { compareSigners } from './difference/compare-signers.ts';
export { worstNews } from './difference/worst-news.ts';
export type { RuleBook } from './explanation/book-faults.ts';
export { type ExplainedAxis, type Explanation, explainAppraisal } from './explanation/explain-appraisal.ts';
export { renderExplanation } from './explanation/render-explanation.ts';
export { applyIndicators, type KnownIndicators, withoutIndicators } from './indicators/apply-indicators.ts';
export { INDICATOR_RULES } from './indicators/indicator-rules.ts';
export { renderAppraisalText, type TextOptions } from './render/render-appraisal-text.ts';
export type { Rule, RuleKind, Source, Weight } from './rule.ts';
export { RULES } from './rules/index.ts';
export { renderRulesDocument } from './rules-document.ts';
export { sumOf, totalOf } from './score.ts';
export { applySuppressions, withoutSuppressions } from './suppression/apply-suppressions.ts';
export { matchesGlob } from './suppression/glob.ts';
export { isExpired } from './suppression/is-expired.ts';
export {
  MALICIOUS_FROM,
  RISKY_FROM_DATA_RISK,
  RISKY_FROM_MALICE,
  RISKY_FROM_WEAKNESS,
  STRONG_BEHAVIOUR_FROM,
  STRONG_SUM_FROM,
  type VerdictStep,
  verdictOf,
  verdictSteps,
} from './verdict.ts';
