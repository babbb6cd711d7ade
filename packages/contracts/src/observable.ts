import { z } from 'zod';

/**
 * The kinds of things that an indicator can name and evidence can hold: STIX 2.1 cyber-observable types, and those that mobile
 * forensics adds (`app:id`, `app:cert`, `configuration-profile:id`, `android-property:name`). `command` is a command line: what it
 * names (packages, paths, hosts) is looked for in its words.
 */
export const OBSERVABLE_KINDS = [
  'domain',
  'ip',
  'url',
  'email',
  'path',
  'file-name',
  'process',
  'app',
  'md5',
  'sha1',
  'sha256',
  'certificate-md5',
  'certificate-sha1',
  'certificate-sha256',
  'profile',
  'property',
  'command',
] as const;
export const ObservableKind = z.enum(OBSERVABLE_KINDS);
export type ObservableKind = z.infer<typeof ObservableKind>;

/** One thing seen in evidence or in an app, as written there: matching normalises, collecting does not. */
export const Observable = z.object({ kind: ObservableKind, value: z.string().min(1).max(4096) });
export type Observable = z.infer<typeof Observable>;

/** Where an indicator comes from and how old it is. */
export const IndicatorSource = z.object({
  /** Name of the list or feed, e.g. `stalkerware-indicators`. */
  list: z.string().max(200),
  /** Campaign, family or report that the list gives, where it does. */
  name: z.string().max(300).nullable(),
  /** Place in the list: an id, a key or a line. */
  reference: z.string().max(300).nullable(),
  /** When the list says the indicator was made or last changed; null: it does not say. */
  at: z.iso.datetime().nullable(),
});
export type IndicatorSource = z.infer<typeof IndicatorSource>;

/** One observable that an indicator names, and why it counts as the same. */
export const IndicatorHit = z.object({
  observable: Observable,
  indicator: z.object({ kind: ObservableKind, value: z.string().max(4096) }),
  /** How they match, e.g. `the host of the URL is a subdomain of the listed domain`. */
  how: z.string().max(300),
  source: IndicatorSource,
});
export type IndicatorHit = z.infer<typeof IndicatorHit>;
