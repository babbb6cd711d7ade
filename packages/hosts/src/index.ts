export { classify, type HostModel } from './classifier/classify.ts';
export { FEATURES, featuresOf } from './classifier/features.ts';
export { type HostTarget, readHostTarget, type UrlParts } from './host-target.ts';
export { BLOCK_AT, type HostJudgement, type HostVerdict, judgeHost, WARN_AT } from './judge-host.ts';
export { type HostContext, type HostReason, isUnder } from './reason.ts';
