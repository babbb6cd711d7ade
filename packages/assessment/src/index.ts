export { MISSED_REPORTS } from './agent-signals.ts';
export { type Assessment, assess } from './assess.ts';
export type { AgentContact, AppraisalSummary, AssessInput, LiveThreat } from './assess-input.ts';
export { NETWORK_QUIET_HOURS } from './network-threats.ts';
export { THREAT_TYPES } from './threat-types.ts';
