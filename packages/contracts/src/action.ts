import { z } from 'zod';
import { Severity } from './severity.ts';

/**
 * The life of an action: `waiting` (its time has not come, or its connector is not set up), `pending` (to be sent), `in-force` (sent, and wanted),
 * `undo-pending`, `undone`, `cancelled` (no longer wanted before it was sent), `failed` (gave up; an administrator may retry), `done` (sent, has no undo, no longer wanted).
 */
export const ActionState = z.enum([
  'waiting',
  'pending',
  'in-force',
  'undo-pending',
  'undone',
  'cancelled',
  'failed',
  'done',
]);
export type ActionState = z.infer<typeof ActionState>;

/** What a connector is asked to carry. `idempotencyKey` is the same on every retry of the same delivery. */
export const Delivery = z.object({
  idempotencyKey: z.string(),
  phase: z.enum(['do', 'undo']),
  organisation: z.string(),
  effect: z.string(),
  audience: z.enum(['admin', 'user']),
  at: z.iso.datetime(),
  device: z.object({
    id: z.uuid(),
    name: z.string(),
    platform: z.string(),
    owner: z.string().nullable(),
    simulated: z.boolean(),
  }),
  rule: z.object({ id: z.string(), title: z.string(), severity: Severity, userText: z.string() }),
  decision: z.object({ riskLevel: z.string(), compliance: z.string() }),
  threats: z.array(z.object({ id: z.uuid(), title: z.string(), severity: Severity, openedAt: z.iso.datetime() })),
  /** Address of the device's page in the console. */
  link: z.string(),
});
export type Delivery = z.infer<typeof Delivery>;

/** What became of an attempt. `retry`: try again later; `rejected`: the other side will never take it. */
export const DeliveryOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('delivered'), detail: z.string() }),
  z.object({ outcome: z.literal('retry'), detail: z.string(), afterSeconds: z.number().positive().optional() }),
  z.object({ outcome: z.literal('rejected'), detail: z.string() }),
]);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

/** Webhook settings. `secret` is written, never read back. Standard Webhooks 1.0 symmetric signing. */
export const WebhookSettings = z.strictObject({
  url: z.url().max(2000),
  /** `whsec_` + base64 of 24 to 64 bytes. */
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/=]{32,128}$/),
  /** Allow loopback and private addresses: off by default, a webhook must not reach into the server's own network. */
  allowPrivateAddress: z.boolean().default(false),
});
export type WebhookSettings = z.infer<typeof WebhookSettings>;

/** E-mail settings. `password` is written, never read back. */
export const EmailSettings = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  /** `tls`: implicit TLS; `starttls`: required upgrade; `none`: only for a relay on this machine. */
  security: z.enum(['tls', 'starttls', 'none']),
  username: z.string().max(200).nullable(),
  password: z.string().max(500).nullable(),
  from: z.email().max(320),
  adminRecipients: z.array(z.email().max(320)).min(1).max(50),
});
export type EmailSettings = z.infer<typeof EmailSettings>;
