export * from './judge.ts';
export * from './keys.ts';
export * from './sideload.ts';
export { DEVICE_RULES, type DeviceRule, type RuleId } from './rules.ts';
export type { JudgeContext, JudgedEvidence } from './verdict.ts';
