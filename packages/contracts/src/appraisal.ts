import { z } from 'zod';
import { Diagnostic } from './diagnostic.ts';
import { Finding } from './finding.ts';
import { LIBRARY_CATEGORIES, THREAT_CLASSES } from './vocabulary.ts';

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const Platform = z.enum(['android', 'ios']);
export type Platform = z.infer<typeof Platform>;

/** `unknown` when too little could be read to judge: never a synonym of `benign`. */
export const Verdict = z.enum(['benign', 'risky', 'malicious', 'unknown']);
export type Verdict = z.infer<typeof Verdict>;

export const ThreatClass = z.enum(THREAT_CLASSES);
export type ThreatClass = z.infer<typeof ThreatClass>;

export const AppSigner = z.object({
  /** SHA-256 of the signer's DER certificate, lower-case hex. */
  sha256: Sha256,
  /** SHA-1 of the same bytes: what many lists name signers by. Left out where the host could not compute it. */
  sha1: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
  scheme: z.enum(['v1', 'v2', 'v3', 'v3.1', 'apple']),
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.iso.datetime().nullable(),
  notAfter: z.iso.datetime().nullable(),
  keyAlgorithm: z.string(),
  keyBits: z.number().int().positive().nullable(),
  signatureAlgorithm: z.string(),
  /** Whether the signature itself was verified over the file: `not-checked` is an honest answer. */
  verified: z.enum(['verified', 'failed', 'not-checked']),
});
export type AppSigner = z.infer<typeof AppSigner>;

/** One part of a score: the value of an axis is the sum of its parts' weights, capped at 100. */
export const ScorePart = z.object({
  ruleId: z.string(),
  ruleVersion: z.number().int().positive(),
  weight: z.number().positive(),
  /** What kind of statement the rule makes; the verdict depends on it. Left out by appraisals of before it was kept. */
  kind: z.enum(['declaration', 'behaviour', 'weakness', 'fact', 'reputation']).optional(),
});
export type ScorePart = z.infer<typeof ScorePart>;

/** `value` = min(100, sum of the parts' weights): anyone can recompute it. */
export const Score = z.object({ value: z.number().min(0).max(100), parts: z.array(ScorePart) });
export type Score = z.infer<typeof Score>;

export const AppPermission = z.object({
  name: z.string(),
  protection: z.enum(['normal', 'dangerous', 'signature', 'special', 'unknown']),
});
export const AppComponent = z.object({
  kind: z.enum(['activity', 'activity-alias', 'service', 'receiver', 'provider']),
  name: z.string(),
  exported: z.boolean(),
  /** Whether `exported` was said or follows from an intent filter. */
  exportedBy: z.enum(['declared', 'intent-filter', 'default']),
  permission: z.string().nullable(),
});

/** What kind of file an app came in. `apk-set`: base and splits in one archive (APKS, XAPK, APKM). */
export const AppContainer = z.enum(['apk', 'apk-set', 'aab', 'ipa', 'dex', 'elf', 'mach-o']);
export type AppContainer = z.infer<typeof AppContainer>;

/** One archive that the app is installed from; of an app bundle, one module. */
export const AppFilePart = z.object({
  /** In the outer file. */
  path: z.string(),
  role: z.enum(['base', 'split', 'module']),
  size: z.number().int().nonnegative().nullable(),
  sha256: Sha256.nullable(),
});
export type AppFilePart = z.infer<typeof AppFilePart>;

/** A library, framework or service kit that somebody else made, as far as it can be told. */
export const AppLibrary = z.object({
  name: z.string(),
  /** Package URL (https://github.com/package-url/purl-spec), with the version where it is known; null where no registry is known to carry it. */
  purl: z.string().nullable(),
  version: z.string().nullable(),
  category: z.enum(LIBRARY_CATEGORIES),
  /** Where one can see it: an entry path, a package name, a text. At most 160 characters. */
  evidence: z.string(),
  /** `package`: by class names, which anybody can choose; `metadata`: by a file that its build left; `native`: by a native library; `string`: by a text in it. */
  how: z.enum(['package', 'metadata', 'native', 'string']),
});
export type AppLibrary = z.infer<typeof AppLibrary>;

/** What an iOS app says of itself besides, and how it came to be allowed on devices. */
export const IosAppFacts = z.object({
  /** CFBundleVersion. */
  build: z.string().nullable(),
  minimumOs: z.string().nullable(),
  /** Of all bundles together. Who signed is another question. */
  signing: z.enum(['verified', 'broken', 'ad-hoc', 'unsigned', 'not-checked']),
  teamId: z.string().nullable(),
  /** Null without a provisioning profile, as apps of the App Store are. */
  profile: z
    .object({
      name: z.string().nullable(),
      kind: z.enum(['development', 'ad-hoc', 'enterprise', 'app-store', 'unknown']),
      expires: z.string().nullable(),
    })
    .nullable(),
});
export type IosAppFacts = z.infer<typeof IosAppFacts>;

/** What was looked at and what was left out, so that silence is not read as innocence. */
export const Coverage = z.object({
  stages: z.array(
    z.object({
      stage: z.string(),
      status: z.enum(['complete', 'partial', 'skipped', 'failed']),
      detail: z.string(),
      elapsedMs: z.number().nonnegative(),
    }),
  ),
  counts: z.record(z.string(), z.number().nonnegative()),
});
export type Coverage = z.infer<typeof Coverage>;

/** What somebody took out of the judgement, and what the judgement is without that. Only where a suppression list was given. */
export const AppraisalSuppression = z.object({
  /** Findings that are marked `suppressed`. */
  suppressed: z.number().int().nonnegative(),
  /** Parts of the scores that do not count. */
  parts: z.object({ malice: z.array(ScorePart), dataRisk: z.array(ScorePart) }),
  /** What is said when everything counts. */
  without: z.object({
    verdict: Verdict,
    malice: z.number().min(0).max(100),
    dataRisk: z.number().min(0).max(100),
    classes: z.array(z.object({ class: ThreatClass, ruleIds: z.array(z.string()) })),
  }),
  /** What a reader must know of the list: what ran out, what covers only a part. */
  warnings: z.array(z.string()),
});
export type AppraisalSuppression = z.infer<typeof AppraisalSuppression>;

/** The result of appraising one app build, identified by the SHA-256 of its bytes. `vedette scan --format json` prints one. */
export const Appraisal = z.object({
  schema: z.literal('vedette.appraisal/1'),
  engine: z.object({ name: z.literal('vedette'), version: z.string(), rules: z.number().int().nonnegative() }),
  file: z.object({
    name: z.string(),
    size: z.number().int().nonnegative(),
    sha256: Sha256,
    /** Left out by appraisals of before there was more than one kind. */
    container: AppContainer.optional(),
    /** Of sets and bundles; at most 200. */
    parts: z.array(AppFilePart).optional(),
  }),
  app: z.object({
    platform: Platform,
    package: z.string(),
    label: z.string().nullable(),
    versionName: z.string().nullable(),
    versionCode: z.number().int().nullable(),
    minSdk: z.number().int().nullable(),
    targetSdk: z.number().int().nullable(),
    signers: z.array(AppSigner),
    /** SHA-256 of the certificates that the app was signed by before, oldest first, the present one last, as its signature proves. */
    signerLineage: z.array(Sha256).optional(),
    permissions: z.array(AppPermission),
    components: z.array(AppComponent),
    hosts: z.array(
      z.object({
        host: z.string(),
        cleartext: z.boolean(),
        from: z.string(),
        /** The domain that somebody registered, by the public suffix list; null for addresses and names within a suffix. */
        site: z.string().nullable().optional(),
        /** The lists of indicators that name it, with campaign or family; only where lists were given. */
        listed: z.array(z.string()).optional(),
      }),
    ),
    /** Bill of materials, by name; at most 1,000. Left out by appraisals of before it was kept. A renamed library is not in it. */
    libraries: z.array(AppLibrary).optional(),
    /** Of iOS apps only. */
    ios: IosAppFacts.optional(),
  }),
  verdict: Verdict,
  score: z.object({ malice: Score, dataRisk: Score }),
  classes: z.array(z.object({ class: ThreatClass, ruleIds: z.array(z.string()) })),
  findings: z.array(Finding),
  /** What file, signer, package and hosts were held against. Missing: nothing was, so that nothing found means nothing. */
  indicators: z
    .object({
      total: z.number().int().nonnegative(),
      lists: z.array(z.string().max(200)).max(500),
      /** Changes when a list does; of servers, which judge anew then. */
      digest: z.string().max(64).optional(),
    })
    .optional(),
  suppression: AppraisalSuppression.optional(),
  coverage: Coverage,
  diagnostics: z.array(Diagnostic),
});
export type Appraisal = z.infer<typeof Appraisal>;
