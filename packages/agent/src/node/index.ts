export { makePrivateFolder, writeFileAtomically } from './atomic-file.ts';
export * from './file-key-store.ts';
export * from './file-queue.ts';
export * from './file-state-store.ts';
export * from './file-stores.ts';
export * from './state-lock.ts';
