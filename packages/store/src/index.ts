export type { DatabaseAddress } from './address.ts';
export type { Lookup } from './lookup.ts';
export { migrate } from './migrate.ts';
export { APPLICATION_ROLE } from './migrations/2026-11-22-foundation.ts';
export type * from './schema.ts';
export { type AuditEntry, type AuditedActor, connectStore, type Store, type StoreDependencies } from './store.ts';
export { StoreError, type StoreErrorCode } from './store-error.ts';
export { createUuidV7, type RandomBytes } from './uuid-v7.ts';
