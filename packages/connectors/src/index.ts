export type { Connector, TestMessage } from './connector.ts';
export { createEmailConnector, type EmailDependencies } from './email/create-email-connector.ts';
export { createWebhookConnector, type WebhookDependencies } from './webhook/create-webhook-connector.ts';
export { signWebhook } from './webhook/sign-webhook.ts';
export { mayReach, type ResolveHost } from './webhook/target-address.ts';
