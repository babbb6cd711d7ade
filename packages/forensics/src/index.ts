export * from './evidence-tree.ts';
export * from './read-device-evidence.ts';
export { commandSlug } from './adb-answers.ts';
