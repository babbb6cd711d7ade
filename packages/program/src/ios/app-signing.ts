import {
  type PlistDictionary,
  type ProvisioningProfile,
  type SigningIssue,
  type SigningState,
  textAt,
  uncoveredEntitlements,
} from '@vedette/formats';
import type { IosBinary, IosBundle, IosSigning } from './ios-app.ts';

export interface AppParts {
  readonly main: IosBundle;
  readonly nested: readonly IosBundle[];
  readonly binaries: readonly IosBinary[];
  readonly profile: ProvisioningProfile | null;
  readonly entitlements: PlistDictionary | null;
  /** Whether the profile is no more valid at the time asked about; null: not asked, or not said. */
  readonly profileExpired: boolean | null;
}

/** The whole app's signing out of that of its parts. */
export function appSigning(parts: AppParts): IosSigning {
  const { main, nested, binaries } = parts;
  const bundles = [main, ...nested];
  const libraries = binaries.filter(({ role }) => role === 'library' || role === 'other');
  const isSigned = [...bundles.map(({ signing }) => signing.state), ...libraryStates(libraries)].some(
    (state) => state !== 'unsigned',
  );
  const issues: SigningIssue[] = bundles.flatMap(({ signing }) => signing.issues);
  for (const library of libraries) {
    for (const { verdict } of library.signatures) {
      if (verdict.state === 'unsigned') {
        const detail = 'code without a signature inside of a signed app';
        if (isSigned) issues.push({ code: 'nested-unsigned', breaks: true, detail, where: library.path });
      } else issues.push(...verdict.issues.map((issue) => ({ ...issue, where: library.path })));
    }
  }
  for (const bundle of nested) {
    const { state, teamId } = bundle.signing;
    if (state === 'unsigned' && isSigned) {
      const detail = 'an unsigned bundle inside of a signed app';
      issues.push({ code: 'nested-unsigned', breaks: true, detail, where: bundle.path });
    }
    if (teamId !== null && main.signing.teamId !== null && teamId !== main.signing.teamId) {
      const detail = `signed by team ${teamId}, the app by ${main.signing.teamId}`;
      issues.push({ code: 'team-mismatch', breaks: false, detail, where: bundle.path });
    }
  }
  issues.push(...profileIssues(parts));
  const states = [...bundles.map(({ signing }) => signing.state), ...libraryStates(libraries)];
  return {
    state: overall(main.signing.state, states, issues, isSigned),
    issues: issues.toSorted((a, b) => Number(b.breaks) - Number(a.breaks)),
    teamId: main.signing.teamId,
    signingTime: main.signing.signingTime,
  };
}

function libraryStates(libraries: readonly IosBinary[]): readonly SigningState[] {
  return libraries.flatMap(({ signatures }) => signatures.map(({ verdict }) => verdict.state));
}

function overall(
  main: SigningState,
  states: readonly SigningState[],
  issues: readonly SigningIssue[],
  isSigned: boolean,
): SigningState {
  if (states.includes('broken')) return 'broken';
  if (!isSigned) return 'unsigned';
  if (issues.some(({ breaks }) => breaks)) return 'broken';
  if (states.includes('not-checked')) return 'not-checked';
  return main === 'unsigned' ? 'broken' : states.includes('ad-hoc') ? 'ad-hoc' : main;
}

/** What the profile says against the app. The code's own signature holds all the same, so none of it breaks that, but a profile that was tampered with. */
function profileIssues({ main, binaries, profile, entitlements, profileExpired }: AppParts): readonly SigningIssue[] {
  const issues: SigningIssue[] = [];
  const where = `${main.path}embedded.mobileprovision`;
  const add = (code: SigningIssue['code'], detail: string, breaks = false): void => {
    issues.push({ code, breaks, detail, where });
  };
  const leaf = binaries.find(({ role }) => role === 'main')?.signatures[0]?.verdict.certificates[0];
  if (profile === null) {
    const isStore = /CN=(?:Apple )?iPhone OS Application Signing/.test(leaf?.subject ?? '');
    if (leaf !== undefined && !isStore)
      add('profile-missing', 'signed by a developer, but without a provisioning profile');
    return issues;
  }
  const { signature, appId, certificates } = profile;
  if (signature.state === 'failed' || signature.state === 'unsigned') add('profile-failed', signature.detail, true);
  if (profileExpired === true) add('profile-expired', `the profile expired on ${profile.expires}`);
  if (leaf !== undefined && certificates.length > 0 && !certificates.some(({ sha256 }) => sha256 === leaf.sha256)) {
    add('profile-certificate', 'the signer is none of those that the profile names');
  }
  const claimed = textAt(entitlements, 'application-identifier');
  const wanted = claimed ?? (main.bundleId === null ? null : `${profile.teamId ?? ''}.${main.bundleId}`);
  if (appId !== null && wanted !== null && !covers(appId, wanted)) {
    add('profile-app-id', `the profile is for ${appId}, the app is ${wanted}`);
  }
  if (claimed !== null && main.bundleId !== null && !claimed.endsWith(`.${main.bundleId}`)) {
    add('profile-app-id', `entitled as ${claimed}, but Info.plist says ${main.bundleId}`);
  }
  if (entitlements !== null && profile.entitlements !== null) {
    for (const key of uncoveredEntitlements(entitlements, profile.entitlements).slice(0, 50)) {
      add('entitlement-not-covered', `${key} is claimed, but the profile does not grant it`);
    }
  }
  return issues;
}

function covers(pattern: string, id: string): boolean {
  return pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
}
