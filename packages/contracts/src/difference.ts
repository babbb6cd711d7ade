import { z } from 'zod';
import { AppComponent, AppPermission, Platform, Sha256, Verdict } from './appraisal.ts';
import { Finding } from './finding.ts';
import { Severity } from './severity.ts';

const changed = <T extends z.ZodType>(value: T) => z.object({ before: value, after: value });
const listed = <T extends z.ZodType>(value: T) => z.object({ added: z.array(value), removed: z.array(value) });

/** One of the two builds that are compared. */
export const ComparedApp = z.object({
  file: z.string(),
  sha256: Sha256,
  platform: Platform,
  package: z.string(),
  versionName: z.string().nullable(),
  versionCode: z.number().int().nullable(),
  verdict: Verdict,
  malice: z.number(),
  dataRisk: z.number(),
});
export type ComparedApp = z.infer<typeof ComparedApp>;

/**
 * Whether both builds are by the holder of one key. `rotated`: by another key that the old one vouches for. `different`: by somebody else as far as the files prove.
 * `unknown`: the files do not say, or it was not checked.
 */
export const SignerChange = z.enum(['same', 'rotated', 'different', 'unknown']);
export type SignerChange = z.infer<typeof SignerChange>;

/** What changed from one build of an app to another. `vedette diff --format json` prints one. */
export const AppDifference = z.object({
  schema: z.literal('vedette.difference/1'),
  before: ComparedApp,
  after: ComparedApp,
  /** Byte for byte the same file. */
  sameFile: z.boolean(),
  /** The two are builds of one app: the same platform and name. */
  sameApp: z.boolean(),
  signer: z.object({
    change: SignerChange,
    /** Why it is said, one sentence. */
    reason: z.string(),
    before: z.array(Sha256),
    after: z.array(Sha256),
  }),
  sdk: z.object({
    minSdk: changed(z.number().int().nullable()).nullable(),
    targetSdk: changed(z.number().int().nullable()).nullable(),
  }),
  permissions: listed(AppPermission),
  components: listed(AppComponent).extend({ changed: z.array(changed(AppComponent)) }),
  /** Hosts that are named; `nowCleartext` are those that were named with HTTPS alone before. */
  hosts: listed(z.string()).extend({ nowCleartext: z.array(z.string()) }),
  libraries: listed(z.object({ name: z.string(), version: z.string().nullable() })).extend({
    changed: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  }),
  findings: z.object({
    new: z.array(Finding),
    gone: z.array(Finding),
    changed: z.array(
      z.object({
        ruleId: z.string(),
        title: z.string(),
        severity: changed(Severity),
        /** In words, e.g. `severity low, was info`. */
        what: z.array(z.string()),
        /** The finding of the later build. */
        finding: Finding,
      }),
    ),
    same: z.number().int().nonnegative(),
  }),
});
export type AppDifference = z.infer<typeof AppDifference>;
