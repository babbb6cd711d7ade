export * from './authority.ts';
export * from './clear-proxy.ts';
export * from './meddling-relay.ts';
export * from './middle.ts';
export * from './name-meddler.ts';
export * from './tls-interceptor.ts';
