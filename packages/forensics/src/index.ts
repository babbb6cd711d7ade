export { commandSlug } from './adb-answers.ts';
export type { EvidenceBuilder, RawPlace, RecordListener, RecordNote } from './evidence-builder.ts';
export * from './evidence-tree.ts';
export * from './read-device-evidence.ts';
export * from './read-options.ts';
export { isTarball, treeFromTarball } from './tar-tree.ts';
export * from './zip-tree.ts';
