export * from './budget.ts';
export * from './byte-writer.ts';
export * from './cursor.ts';
export * from './diagnostics.ts';
export * from './host.ts';
export * from './inflate.ts';
export * from './text.ts';
