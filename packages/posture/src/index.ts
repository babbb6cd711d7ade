export { curveOf, usageCurves } from './anomaly/usage-curves.ts';
export {
  type Cohort,
  createUsageDetector,
  type DetectorOptions,
  scaled,
  type UsagePoint,
} from './anomaly/usage-detector.ts';
export { WATCHED_METRICS } from './anomaly/usage-series.ts';
export { detectorOptions, watchUsage } from './anomaly/watch-usage.ts';
export { ARTEFACT_RULES } from './artefacts/artefact-rules.ts';
export { createRecordJudge, type MatchIndicators, type RecordJudge } from './artefacts/record-judge.ts';
export * from './check-device.ts';
export * from './judge.ts';
export * from './keys.ts';
export { DEVICE_RULES, type DeviceRule, type RuleId } from './rules.ts';
export * from './sideload.ts';
export { answerOf } from './text/answer.ts';
export type { TextStyle } from './text/lay-out.ts';
export { renderCheckText } from './text/render-check-text.ts';
export type { JudgeContext, JudgedEvidence } from './verdict.ts';
export { type AndroidSystem, assessAndroid, type RepairState } from './vulnerabilities/assess-android.ts';
export { assessIos, type IosAssessment, type OpenWeakness } from './vulnerabilities/assess-ios.ts';
export { readKev } from './vulnerabilities/read-kev.ts';
export { readOsv } from './vulnerabilities/read-osv.ts';
export { readSofa } from './vulnerabilities/read-sofa.ts';
export { mergeVulnerabilityData, type VulnerabilityData } from './vulnerabilities/vulnerability-data.ts';
