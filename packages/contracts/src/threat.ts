import { z } from 'zod';
import { Finding } from './finding.ts';
import { Severity } from './severity.ts';

/** The front a threat is on. */
export const ThreatKind = z.enum(['device', 'app', 'network']);
export type ThreatKind = z.infer<typeof ThreatKind>;

/** `ignored` is an administrator's decision with a reason; it keeps being observed and does not count. */
export const ThreatState = z.enum(['open', 'resolved', 'ignored']);
export type ThreatState = z.infer<typeof ThreatState>;

/** A finding (or several of one subject) about one device, as assessment yields it: who it is about is its `key`. */
export const ThreatDraft = z.object({
  /** Stable per device: the same cause has the same key on every assessment, e.g. `device:integrity.root`, `app:com.example.bad`. */
  key: z.string().max(400),
  kind: ThreatKind,
  /** Machine name of the type, e.g. `rooted`, `usb-debugging`, `malicious-app`, `tls-interception`. */
  type: z.string(),
  title: z.string(),
  severity: Severity,
  /** What it is about: package name, network name; null for the device itself. */
  subject: z.string().nullable(),
  findings: z.array(Finding),
});
export type ThreatDraft = z.infer<typeof ThreatDraft>;

/** What happened to a threat between two assessments. */
export const ThreatChange = z.object({
  change: z.enum(['opened', 'updated', 'resolved', 'reopened', 'unchanged']),
  key: z.string(),
  draft: ThreatDraft.nullable(),
});
export type ThreatChange = z.infer<typeof ThreatChange>;
