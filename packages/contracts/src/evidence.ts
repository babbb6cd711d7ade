import { z } from 'zod';
import { EvidenceSource, Trust } from './signal.ts';

/**
 * A pointer a person can follow, from a statement to the place that shows it.
 * `note` says in one line what is to be seen there.
 */
export const Evidence = z.discriminatedUnion('kind', [
  /** A place in a file: an archive entry, a byte range. `path` may be `outer!/inner`. */
  z.object({
    kind: z.literal('file'),
    path: z.string(),
    offset: z.number().int().nonnegative().optional(),
    length: z.number().int().nonnegative().optional(),
    note: z.string(),
  }),
  /** An element or attribute of AndroidManifest.xml or Info.plist. `element` is a path such as `manifest/application/activity[.Main]`. */
  z.object({
    kind: z.literal('manifest'),
    element: z.string(),
    attribute: z.string().optional(),
    value: z.string().optional(),
    line: z.number().int().positive().optional(),
    note: z.string(),
  }),
  /** A place in code. Names are in the notation of the platform (`Lcom/a/B;->c(I)V` split into its parts). */
  z.object({
    kind: z.literal('code'),
    file: z.string(),
    class: z.string(),
    method: z.string().optional(),
    /** Offset of the instruction in 16-bit code units from the start of the method. */
    codeOffset: z.number().int().nonnegative().optional(),
    /** What is referenced there: a method, a field, a string. */
    reference: z.string().optional(),
    /**
     * Whether the method can run. `reachable`: calls and callbacks lead there from an entry point. `referenced`: none do, it is dead
     * code. `unknown`: none were found, but reflection, native code or a budget leave that open. Missing where nobody looked.
     */
    reach: z.enum(['reachable', 'referenced', 'unknown']).optional(),
    /** The entry point that leads there, e.g. `activity com.example.Main.onCreate`. */
    from: z.string().optional(),
    /** Methods from the entry point to this one, both included, at most twelve; `…` stands for what was left out. */
    path: z.array(z.string()).optional(),
    note: z.string(),
  }),
  z.object({
    kind: z.literal('certificate'),
    sha256: z.string(),
    subject: z.string(),
    issuer: z.string().optional(),
    note: z.string(),
  }),
  /** A span of text evidence: a line of a bug report, of a settings dump, of a log. */
  z.object({
    kind: z.literal('text'),
    source: z.string(),
    line: z.number().int().positive().optional(),
    text: z.string(),
    note: z.string(),
  }),
  /** An observation of a device that the finding rests on. */
  z.object({
    kind: z.literal('observation'),
    signal: z.string(),
    source: EvidenceSource,
    trust: Trust,
    value: z.string(),
    observedAt: z.iso.datetime().nullable(),
    rawRef: z.string().optional(),
    note: z.string(),
  }),
  /** What one end of a connection saw, and what was expected there. */
  z.object({
    kind: z.literal('network'),
    network: z.string(),
    host: z.string().optional(),
    expected: z.string().optional(),
    seen: z.string(),
    observedAt: z.iso.datetime().nullable(),
    note: z.string(),
  }),
  /** The appraisal of an app build that the finding rests on. */
  z.object({
    kind: z.literal('appraisal'),
    sha256: z.string(),
    package: z.string(),
    versionName: z.string().nullable(),
    verdict: z.string(),
    note: z.string(),
  }),
]);
export type Evidence = z.infer<typeof Evidence>;
