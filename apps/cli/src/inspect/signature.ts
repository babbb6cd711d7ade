import { type ApkSignatureReport, readZip, signingTargets, verifyApkSignatures } from '@vedette/formats';
import type { AppImage } from '@vedette/program';
import { CliError, EXIT } from '../exit-code.ts';
import { columns } from './columns.ts';
import type { Shown, View, ViewInput } from './view.ts';

/** Schemes, signers and issues; for iOS the code signature and the profile. */
export const signature: View = {
  name: 'signature',
  argument: null,
  needs: ['resources', 'manifest', 'signatures'],
  show(input) {
    const { image } = input;
    if (image.ios !== null) return ofIos(image.ios);
    const report = judged(input);
    if (report === null)
      throw new CliError(EXIT.failed, `${image.file.name} carries no APK signature: it is ${WORDS[image.container]}`);
    return ofApk(report, image);
  },
};

const WORDS: Readonly<Record<AppImage['container'], string>> = {
  apk: 'an APK',
  'apk-set': 'a set of APKs without a base',
  aab: 'an app bundle, which a store signs when it makes APKs of it',
  ipa: 'an iOS app',
  dex: 'a bare DEX file',
  elf: 'a bare native library',
  'mach-o': 'a bare Mach-O file',
};

/** The report that was made on reading, or one for the platforms that the person asks about. */
function judged({ image, bytes, host, minSdk, maxSdk, idsig }: ViewInput): ApkSignatureReport | null {
  if (minSdk === null && maxSdk === null && idsig === null) return image.signature;
  if (image.container !== 'apk')
    throw new CliError(EXIT.usage, '--min-sdk, --max-sdk and --idsig are for a single APK');
  if (minSdk !== null && maxSdk !== null && minSdk > maxSdk)
    throw new CliError(EXIT.usage, `--min-sdk ${minSdk} is above --max-sdk ${maxSdk}`);
  const zip = readZip(bytes, host).value;
  if (zip === null) return null;
  return verifyApkSignatures(bytes, zip, host, {
    ...signingTargets(zip),
    ...(minSdk === null ? {} : { minSdk }),
    ...(maxSdk === null ? {} : { maxSdk }),
    ...(idsig === null ? {} : { idsig }),
  }).value;
}

function ofApk(report: ApkSignatureReport, { parts }: AppImage): Shown {
  const { verified, schemes, present, signers, lineage, stamp, issues, range } = report;
  const data = {
    verified,
    schemes,
    present,
    range,
    signers: signers.map((signer) => ({
      sha256: signer.sha256,
      scheme: signer.scheme,
      name: signer.name,
      verified: signer.verified,
      subject: signer.certificate?.subject ?? null,
      issuer: signer.certificate?.issuer ?? null,
      notBefore: signer.certificate?.notBefore ?? null,
      notAfter: signer.certificate?.notAfter ?? null,
      key:
        signer.certificate === null
          ? null
          : `${signer.certificate.keyAlgorithm} ${signer.certificate.keyBits ?? ''}`.trim(),
      ...(signer.minSdk === undefined ? {} : { minSdk: signer.minSdk, maxSdk: signer.maxSdk }),
    })),
    lineage:
      lineage?.nodes.map(({ certificate, capabilities }) => ({ sha256: certificate.sha256, capabilities })) ?? null,
    stamp:
      stamp === null
        ? null
        : {
            verified: stamp.verified,
            sha256: stamp.certificate?.sha256 ?? null,
            timestampSeconds: stamp.timestampSeconds,
          },
    issues,
    parts: parts.slice(1).map(({ path, signature: part }) => ({
      path,
      verified: part?.verified ?? false,
      schemes: part?.schemes ?? [],
      issues: part?.issues ?? [],
    })),
  };
  const platforms = `API ${range.minSdk}${range.maxSdk > 10_000 ? ' and up' : ` to ${range.maxSdk}`}`;
  const lines = [
    `${verified ? 'verified' : 'NOT verified'} for ${platforms}, by ${schemes.join(', ') || 'no scheme'}`,
    ...(present.length > schemes.length
      ? [`also there: ${present.filter((each) => !schemes.includes(each)).join(', ')}`]
      : []),
    '',
    ...data.signers.map(
      (signer) =>
        `${signer.scheme}  ${signer.verified}  ${signer.subject ?? 'certificate unreadable'}\n    ${signer.key ?? ''}, valid ${signer.notBefore ?? '?'} to ${signer.notAfter ?? '?'}\n    SHA-256 ${signer.sha256 ?? '?'}`,
    ),
    ...(data.lineage === null
      ? []
      : [
          '',
          'keys before, oldest first',
          ...data.lineage.map((node) => `  ${node.sha256}  ${node.capabilities.join(', ')}`),
        ]),
    ...(data.stamp === null
      ? []
      : [
          '',
          `source stamp ${data.stamp.verified ? 'verified' : 'NOT verified'}: ${data.stamp.sha256 ?? 'no certificate'}`,
        ]),
    ...(issues.length === 0 ? [] : ['', 'issues']),
  ];
  const table = columns(issues.map(({ level, code, scheme, detail }) => [`  ${level}`, scheme ?? '', code, detail]));
  const splits = columns(
    data.parts.map((part) => [part.path, part.verified ? 'verified' : 'NOT verified', part.schemes.join(', ')]),
  );
  return { data, text: `${lines.join('\n')}\n${table}${splits === '' ? '' : `\nsplits\n${splits}`}` };
}

function ofIos({ signing, signers, profile, nested }: NonNullable<AppImage['ios']>): Shown {
  const verified = signing.state === 'verified';
  const data = {
    verified,
    state: signing.state,
    teamId: signing.teamId,
    signingTime: signing.signingTime,
    schemes: signing.state === 'unsigned' ? [] : ['apple'],
    signers: signers.map((signer) => ({ ...signer })),
    issues: signing.issues.map((issue) => ({ level: 'error', ...issue })),
    profile:
      profile === null
        ? null
        : {
            name: profile.name,
            uuid: profile.uuid,
            kind: profile.kind,
            teamId: profile.teamId,
            appId: profile.appId,
            created: profile.created,
            expires: profile.expires,
            devices: profile.devices?.length ?? null,
            signature: profile.signature.state,
          },
    bundles: nested.map(({ path, signing: own }) => ({ path, state: own.state, issues: own.issues })),
  };
  const lines = [
    `code signature: ${signing.state}${signing.teamId === null ? '' : `, team ${signing.teamId}`}${signing.signingTime === null ? '' : `, ${signing.signingTime}`}`,
    ...signers.map(
      (signer) => `  ${signer.subject}, ${signer.keyAlgorithm} ${signer.keyBits ?? ''}\n    SHA-256 ${signer.sha256}`,
    ),
    profile === null
      ? 'no provisioning profile'
      : `profile: ${profile.name ?? '?'} (${profile.kind}), ${profile.appId ?? '?'}, until ${profile.expires ?? '?'}, ${profile.signature.state}`,
    ...data.bundles.map((bundle) => `  ${bundle.path}  ${bundle.state}`),
    ...(signing.issues.length === 0 ? [] : ['', 'issues']),
  ];
  return {
    data,
    text: `${lines.join('\n')}\n${columns(signing.issues.map(({ code, detail }) => [`  ${code}`, detail]))}`,
  };
}
