export * from './evidence-at.ts';
export * from './fleet-authority.ts';
export * from './fleet-options.ts';
export * from './history.ts';
export * from './plan-fleet.ts';
export * from './profile.ts';
export * from './simulate-fleet.ts';
export { createSimulatedAttestor } from './simulated-attestor.ts';
