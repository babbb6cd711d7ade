export * from './budget.ts';
export * from './byte-writer.ts';
export { type Ciphers, unwrapKey } from './ciphers.ts';
export * from './cursor.ts';
export * from './diagnostics.ts';
export * from './host.ts';
export * from './inflate.ts';
export * from './text.ts';
