export * from './check-device.ts';
export * from './judge.ts';
export * from './keys.ts';
export { DEVICE_RULES, type DeviceRule, type RuleId } from './rules.ts';
export * from './sideload.ts';
export type { TextStyle } from './text/lay-out.ts';
export { answerOf, renderCheckText } from './text/render-check-text.ts';
export type { JudgeContext, JudgedEvidence } from './verdict.ts';
