import { z } from 'zod';
import { Severity } from './severity.ts';

/** `unknown`: evidence is missing or stale and nothing bad is proven; never shown as compliant. */
export const Compliance = z.enum(['compliant', 'non-compliant', 'unknown']);
export type Compliance = z.infer<typeof Compliance>;

export const RiskLevel = z.enum(['critical', 'high', 'medium', 'low', 'none', 'unknown']);
export type RiskLevel = z.infer<typeof RiskLevel>;

export const ConnectorKind = z.enum(['webhook', 'email']);
export type ConnectorKind = z.infer<typeof ConnectorKind>;

/** One effect wanted outside while the rule fires. */
export const PolicyAction = z.strictObject({
  /** Unique within its rule. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  connector: ConnectorKind,
  /** Whom a message is for: administrators, or the person who carries the device. Webhooks ignore it. */
  audience: z.enum(['admin', 'user']).default('admin'),
  /** What the outside system is asked to do, e.g. `notify`, `quarantine`, `block-access`. Free text for webhooks. */
  effect: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
    .default('notify'),
  /** The action starts only after the rule has fired without a break for this long. */
  waitMinutes: z
    .number()
    .int()
    .min(0)
    .max(60 * 24 * 30)
    .default(0),
  /** Whether to take the action back when the rule no longer fires. */
  undo: z.boolean().default(true),
});
export type PolicyAction = z.infer<typeof PolicyAction>;

export const PolicyRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  title: z.string().min(1).max(200),
  enabled: z.boolean().default(true),
  /** CEL (Common Expression Language) over `device`, `signals`, `threats`, `apps`; `packages/policy` documents the variables. */
  when: z.string().min(1).max(2000),
  severity: Severity,
  /** What a firing rule makes of the device; `unchanged` only notifies. */
  compliance: z.enum(['non-compliant', 'unchanged']),
  /** Plain words for the person who carries the device: what is wrong and what lifts it. */
  userText: z.string().max(1000).default(''),
  actions: z.array(PolicyAction).max(20).default([]),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

export const PolicyDocument = z.strictObject({
  schema: z.literal('vedette.policy/1'),
  name: z.string().min(1).max(100),
  description: z.string().max(2000).default(''),
  /** Evidence older than this reads `unknown`. */
  staleAfterHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 365)
    .default(72),
  /** App score (0 to 100) from which an app is a threat on the devices that have it. */
  appThresholds: z.strictObject({
    malice: z.number().min(1).max(100).default(50),
    dataRisk: z.number().min(1).max(100).default(70),
  }),
  /** An Android security patch level older than this is bad, in days. */
  maxPatchAgeDays: z.number().int().min(30).max(3650).default(180),
  rules: z.array(PolicyRule).max(200),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** One wanted effect, as decided: its `key` is stable while the same rule on the same device wants it. */
export const WantedAction = z.object({
  /** `<ruleId>/<actionId>`; unique per device. */
  key: z.string(),
  ruleId: z.string(),
  connector: ConnectorKind,
  audience: z.enum(['admin', 'user']),
  effect: z.string(),
  undo: z.boolean(),
  /** Not before this moment. */
  notBefore: z.iso.datetime(),
});
export type WantedAction = z.infer<typeof WantedAction>;

/** What a policy says about one device at one time. */
export const Decision = z.object({
  policyVersion: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  riskLevel: RiskLevel,
  compliance: Compliance,
  fired: z.array(
    z.object({
      ruleId: z.string(),
      title: z.string(),
      severity: Severity,
      compliance: z.enum(['non-compliant', 'unchanged']),
      userText: z.string(),
      /** Since when the rule has fired without a break. */
      since: z.iso.datetime(),
      /** Which facts made it fire: signal ids and threat keys read by the condition that are not ok. */
      because: z.array(z.string()),
    }),
  ),
  /** Rules whose condition could not be evaluated, with the reason; they count as not fired and make the decision `unknown` at best. */
  errors: z.array(z.object({ ruleId: z.string(), message: z.string() })),
  /** Evidence that enabled rules need and that is missing or stale: signal ids, `apps` (no complete inventory), `report` (no report, or none for too long). */
  missing: z.array(z.string()).optional(),
  wanted: z.array(WantedAction),
});
export type Decision = z.infer<typeof Decision>;
