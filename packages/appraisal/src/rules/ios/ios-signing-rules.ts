import { booleanAt, type SigningIssue } from '@vedette/formats';
import type { AppImage, IosApp } from '@vedette/program';
import { certificates, inFile, ofSigner, shorten } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Rules on who signed an iOS app, for whom, and whether the signature holds. Source: Apple TN3125 and TN3126, Inside Code Signing. */
export const IOS_SIGNING_RULES: readonly Rule[] = [
  {
    id: 'ios.signing.broken',
    version: 1,
    title: 'The code signature does not hold',
    why: 'Something was changed after the app was signed, or a part was never signed. iOS refuses such an app; it runs on a jailbroken device, or after somebody signs it again.',
    remedy: 'Get the app from its maker again and compare.',
    severity: 'high',
    kind: 'behaviour',
    needs: ['signature'],
    malice: { base: 12 },
    classes: ['tampered'],
    mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-347'] },
    run: ({ ios }) =>
      ios?.signing.state === 'broken'
        ? hit(
            issueEvidence(ios, ios.signing.issues, ({ breaks }) => breaks) ?? [inMain(ios, 'the signature is broken')],
          )
        : null,
  },
  noSignerRule({
    state: 'unsigned',
    title: 'The app is not signed',
    why: 'Nothing says who made it, and anyone may have changed it. iOS does not install it before somebody signs it.',
    remedy: 'Take the signed app from its maker.',
    note: 'there is no code signature',
  }),
  noSignerRule({
    state: 'ad-hoc',
    title: 'The app is signed by nobody (ad-hoc signature)',
    why: 'The hashes hold, but no certificate vouches for them. Only a jailbroken device or a simulator runs it.',
    remedy: 'Take the app signed by its maker.',
    note: 'ad-hoc signature',
  }),
  {
    id: 'ios.signing.get-task-allow',
    version: 1,
    title: 'The app may be debugged (get-task-allow)',
    why: 'A debugger may attach to it and read all that it holds. Development builds have this; no store accepts it.',
    remedy: 'Use a build that is signed for distribution.',
    severity: 'high',
    kind: 'weakness',
    needs: ['signature'],
    dataRisk: { base: 20 },
    classes: ['test-build'],
    mappings: { masvs: ['MASVS-RESILIENCE-4'], cwe: ['CWE-489'] },
    run: ({ ios }) =>
      ios !== null && booleanAt(ios.entitlements, 'get-task-allow') === true
        ? hit([inMain(ios, 'entitlement get-task-allow is true')])
        : null,
  },
  {
    id: 'ios.signing.enterprise-profile',
    version: 1,
    title: 'The app is for every device of an enterprise, past the App Store',
    why: 'An enterprise profile lets it run on any device whose owner trusts the signer, and nobody at Apple looked at it. Abused enterprise certificates are a common way to spread unwanted apps.',
    remedy: 'Check that the team that signed it is your own organisation or one that you trust.',
    severity: 'medium',
    kind: 'declaration',
    needs: ['signature'],
    malice: { base: 8 },
    classes: ['sideloaded'],
    mappings: { masvs: ['MASVS-RESILIENCE-2'] },
    run: ({ ios }) =>
      ios?.profile?.kind === 'enterprise'
        ? hit([inProfile(ios, `for all devices, issued to ${shorten(ios.profile.teamName ?? 'an unnamed team')}`)])
        : null,
  },
  {
    id: 'ios.signing.expired-profile',
    version: 1,
    title: 'The provisioning profile has expired',
    why: 'The system (iOS) no longer installs or starts the app, so it gets no updates either.',
    remedy: 'Get a build with a current profile.',
    severity: 'low',
    kind: 'fact',
    needs: ['signature'],
    classes: [],
    mappings: { masvs: ['MASVS-RESILIENCE-2'] },
    run({ ios }, { nowMs }) {
      const expires = ios?.profile?.expires ?? null;
      if (ios === null || expires === null || !(Date.parse(expires) < nowMs)) return null;
      return hit([inProfile(ios, `expired on ${expires}`)]);
    },
  },
  {
    id: 'ios.signing.entitlement-not-covered',
    version: 1,
    title: 'The app claims rights that its profile does not grant',
    why: 'The system refuses it; an app like this is meant for jailbroken devices, or was signed again carelessly.',
    remedy: 'Ask who signed this app. Take it from its maker.',
    severity: 'medium',
    kind: 'behaviour',
    needs: ['signature'],
    malice: { base: 6, step: 1, max: 10 },
    classes: ['tampered'],
    mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-250'] },
    run: ({ ios }: AppImage) => {
      if (ios === null) return null;
      return hit(issueEvidence(ios, ios.signing.issues, ({ code }) => code === 'entitlement-not-covered') ?? []);
    },
  },
  {
    id: 'ios.signing.weak-digest',
    version: 1,
    title: 'The code is sealed by SHA-1 alone',
    why: 'Two different contents with the same SHA-1 can be made, so the seal does not tell them apart. Tools have written SHA-256 since 2016.',
    remedy: 'Sign it again with current tools.',
    severity: 'low',
    kind: 'weakness',
    needs: ['signature'],
    dataRisk: { base: 4 },
    classes: ['vulnerability'],
    mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-328'] },
    run: ({ ios }) =>
      hit(
        (ios?.binaries ?? [])
          .filter(({ signatures }) => signatures.some(({ signature }) => signature?.chosen?.hashType === 'sha1'))
          .map(({ path }) => inFile(shorten(path), 'no code directory with a hash better than SHA-1')),
      ),
  },
  {
    id: 'ios.signing.weak-key',
    version: 1,
    title: 'The signing key is too short',
    why: 'A short key can be broken by calculation; whoever does so can sign in the name of the maker. Apple issues none below RSA 2,048.',
    remedy: 'Ask who signed this app. Take it from its maker.',
    severity: 'medium',
    kind: 'weakness',
    needs: ['signature'],
    dataRisk: { base: 8 },
    classes: ['vulnerability'],
    mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-326'] },
    run: (image) =>
      image.ios === null
        ? null
        : hit(
            certificates(image)
              .filter(({ keyAlgorithm, keyBits }) => keyBits !== null && keyBits < (LEAST_BITS[keyAlgorithm] ?? 0))
              .map((signer) => ofSigner(signer, `${signer.keyAlgorithm} with ${signer.keyBits ?? 0} bits`)),
          ),
  },
];

/** NIST SP 800-131A revision 2, table 2. */
const LEAST_BITS: Readonly<Record<string, number>> = { RSA: 2_048, DSA: 2_048, EC: 224 };

/** A rule on an app that nobody signed: without any signature, or with one that names no signer. */
function noSignerRule(spec: {
  readonly state: 'unsigned' | 'ad-hoc';
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly note: string;
}): Rule {
  return {
    id: `ios.signing.${spec.state}`,
    version: 1,
    title: spec.title,
    why: spec.why,
    remedy: spec.remedy,
    severity: 'medium',
    kind: 'weakness',
    needs: ['signature'],
    dataRisk: { base: 10 },
    classes: ['test-build'],
    mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-347'] },
    run: ({ ios }) => (ios?.signing.state === spec.state ? hit([inMain(ios, spec.note)]) : null),
  };
}

/** Evidence for the issues that match; null when none does. */
function issueEvidence(
  ios: IosApp,
  issues: readonly SigningIssue[],
  matches: (issue: SigningIssue) => boolean,
): ReturnType<typeof inFile>[] | null {
  const found = issues.filter(matches);
  if (found.length === 0) return null;
  return found.map(({ code, detail, where }) => inFile(shorten(where ?? ios.root), `${code}: ${shorten(detail)}`));
}

function inMain({ main, root }: IosApp, note: string): ReturnType<typeof inFile> {
  return inFile(shorten(main.executable ?? root), note);
}

function inProfile({ root }: IosApp, note: string): ReturnType<typeof inFile> {
  return inFile(shorten(`${root}embedded.mobileprovision`), note);
}
