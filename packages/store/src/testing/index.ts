export { addTenant, createTestStore, type TestStore, type TestStoreOptions } from './create-test-store.ts';
export { freePort } from './free-port.ts';
