import type { Finding } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { attributeOf, inManifest } from './evidence.ts';
import type { Rule, Source } from './rule.ts';
import type { SourceState } from './sources.ts';

const NAMES: Readonly<Record<Source, string>> = {
  archive: 'The archive',
  manifest: 'The manifest',
  code: 'The code',
  signature: 'The signature',
};

/** On iOS Info.plist says what a manifest says. */
function nameOf(source: Source, { platform }: AppImage): string {
  return platform === 'ios' && source === 'manifest' ? 'Info.plist' : NAMES[source];
}

/** Which readers' diagnostics speak of a source. */
const READERS: Readonly<Record<Source, RegExp>> = {
  archive: /^(?:zip|budget\.(?:bytes|entries))\b/,
  manifest: /^(?:axml|manifest|plist|ipa\.info)\b/,
  code: /^(?:dex|code(?!-signature)|mach-o|budget\.code)\b/,
  signature: /^(?:apk-signature|code-signature|provisioning|cms|x509)\b/,
};

/**
 * One finding `unknown` for each source that could not be read, or not in full, so that silence is not read as innocence.
 * Ids: `<platform>.coverage.<source>`.
 */
export function coverageFindings(
  image: AppImage,
  rules: readonly Rule[],
  states: Readonly<Record<Source, SourceState>>,
): Finding[] {
  if (rules.length === 0) return [noRules(image)];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a literal
  const sources = (Object.keys(NAMES) as Source[]).flatMap((source): Finding[] => {
    const { state, reason } = states[source];
    if (state === 'readable') return [];
    const blind = rules.filter((rule) => rule.needs.includes(source)).length;
    const consequence =
      state === 'unreadable'
        ? `${blind} rules that need it did not run.`
        : `The ${blind} rules that need it ran on what could be read.`;
    return [
      {
        ruleId: `${image.platform}.coverage.${source}`,
        ruleVersion: 1,
        title:
          state === 'unreadable'
            ? `${nameOf(source, image)} could not be read`
            : `${nameOf(source, image)} could be read only in part`,
        severity: state === 'unreadable' ? ('medium' as const) : ('low' as const),
        status: 'unknown' as const,
        description: `${reason} ${consequence} What was not seen cannot be called harmless.`,
        remedy:
          'Get the app again from its source. If it installs on a device all the same, treat it as built to resist analysis.',
        evidence: image.diagnostics
          .filter(({ id, level }) => level === 'error' && READERS[source].test(id))
          .slice(0, 3)
          .map((diagnostic) => ({
            kind: 'file' as const,
            path: diagnostic.where ?? image.file.name,
            ...(diagnostic.offset === undefined ? {} : { offset: diagnostic.offset }),
            note: diagnostic.message,
          })),
      },
    ];
  });
  return [...sources, ...unresolvedDebuggable(image)];
}

/** A debuggable flag that is a reference: its value lies in the resources, which are not read, so nobody knows. */
function unresolvedDebuggable(image: AppImage): Finding[] {
  const application = image.manifest?.application ?? null;
  const value = application === null ? undefined : attributeOf(application, 'debuggable');
  if (application === null || image.manifest?.debuggable !== null || value?.startsWith('@') !== true) return [];
  return [
    {
      ruleId: `${image.platform}.coverage.debuggable`,
      ruleVersion: 1,
      title: 'Whether the app is a debug build could not be told',
      severity: 'low',
      status: 'unknown',
      description: 'The flag is a reference to a resource, which build tools do not write and which was not resolved.',
      remedy: 'Write the flag as true or false, or leave it to the build tools.',
      evidence: [inManifest(application, 'a reference, not a value', 'debuggable')],
    },
  ];
}

function noRules(image: AppImage): Finding {
  return {
    ruleId: `${image.platform}.coverage.rules`,
    ruleVersion: 1,
    title: 'No rule was run',
    severity: 'medium',
    status: 'unknown',
    description: `No rule for ${image.platform} was asked for, so nothing was judged.`,
    evidence: [],
  };
}
