export * from './evidence.ts';
export * from './http-server.ts';
