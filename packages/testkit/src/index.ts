export * from './doubles/mail-server.ts';
export * from './doubles/webhook-receiver.ts';
export * from './fleet/index.ts';
