export * from '../axml/axml-builder.ts';
export * from '../dex/dex-builder.ts';
export * from '../dex/dex-instructions.ts';
export * from '../zip/deflate-runs.ts';
export * from '../zip/zip-builder.ts';
export * from './apk-builder.ts';
export * from './zip-bomb.ts';
