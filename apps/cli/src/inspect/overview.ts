import { columns } from './columns.ts';
import type { View } from './view.ts';

/** What the file is, its parts, who signed it, how much is in it. */
export const overview: View = {
  name: 'overview',
  argument: null,
  show({ image }) {
    const { manifest, ios, signature, code } = image;
    const sum = (pick: (dex: (typeof code.dexFiles)[number]) => number): number =>
      code.dexFiles.reduce((total, dex) => total + pick(dex), 0);
    const data = {
      file: image.file,
      container: image.container,
      platform: image.platform,
      package: manifest?.package ?? ios?.main.bundleId ?? null,
      label: manifest?.label ?? ios?.main.name ?? null,
      versionName: manifest?.versionName ?? ios?.main.version ?? null,
      versionCode: manifest?.versionCode ?? null,
      minSdk: manifest?.minSdk ?? null,
      targetSdk: manifest?.targetSdk ?? null,
      minimumOs: ios?.main.minimumOs ?? null,
      parts: image.parts.map(({ path, role, name, size, sha256, entries, signature: own }) => ({
        path,
        role,
        name,
        size,
        sha256,
        entries,
        verified: own?.verified ?? null,
      })),
      signed:
        ios === null
          ? signature === null
            ? null
            : { verified: signature.verified, schemes: signature.schemes, issues: signature.issues.length }
          : { verified: ios.signing.state === 'verified', schemes: ['apple'], issues: ios.signing.issues.length },
      counts: {
        entries: image.entries.length,
        dexFiles: image.dex.length,
        classes: sum((dex) => dex.classes),
        methods: sum((dex) => dex.methods),
        strings: sum((dex) => dex.strings),
        components: manifest?.components.length ?? 0,
        permissions: manifest?.permissions.length ?? 0,
        resourceTypes: image.resources?.types().length ?? 0,
        nativeLibraries: image.native.length + (ios?.binaries.length ?? 0),
        nested: image.nested.length,
      },
      nested: image.nested,
      stages: image.stages.map(({ stage, status, detail }) => ({ stage, status, detail })),
      diagnostics: image.diagnostics,
    };
    const rows: [string, string][] = [
      ['file', `${image.file.name}, ${image.file.size} bytes, ${image.container}`],
      ['SHA-256', image.file.sha256],
      ['package', data.package ?? ''],
      ['label', data.label ?? ''],
      [
        'version',
        [data.versionName, data.versionCode === null ? null : `(${data.versionCode})`].filter(Boolean).join(' '),
      ],
      ['platform', ios === null ? sdkText(data.minSdk, data.targetSdk) : `iOS ${data.minimumOs ?? '?'} and up`],
      ['signature', signedText(data.signed)],
      [
        'content',
        Object.entries(data.counts)
          .filter(([, count]) => count > 0)
          .map(([name, count]) => `${count} ${wordsOf(name)}`)
          .join(', '),
      ],
    ];
    const parts =
      image.parts.length < 2
        ? ''
        : `\nparts\n${columns(data.parts.map(({ role, path, size }) => [`  ${role}`, size ?? '', path]))}`;
    const nested =
      image.nested.length === 0
        ? ''
        : `\nfound by content\n${columns(image.nested.map(({ kind, size, path, named }) => [`  ${kind}`, size, path, named ? '' : 'disguised']))}`;
    const stages = `\nread\n${columns(data.stages.map(({ stage, status, detail }) => [`  ${stage}`, status, detail]))}`;
    const odd =
      image.diagnostics.length === 0
        ? ''
        : `\nnoticed\n${columns(image.diagnostics.map(({ level, id, where, message }) => [`  ${level}`, id, where ?? '', message]))}`;
    return { data, text: columns(rows.filter(([, value]) => value !== '')) + parts + nested + stages + odd };
  },
};

function sdkText(min: number | null, target: number | null): string {
  return min === null && target === null ? '' : `API ${min ?? '?'} and up, made for ${target ?? '?'}`;
}

function signedText(
  signed: { readonly verified: boolean; readonly schemes: readonly string[]; readonly issues: number } | null,
): string {
  if (signed === null) return 'none that this kind of file carries';
  const by =
    signed.schemes.length === 0
      ? 'not signed'
      : `${signed.verified ? 'verified' : 'NOT verified'}, ${signed.schemes.join(', ')}`;
  return signed.issues === 0 ? by : `${by}, ${signed.issues} issues; see inspect FILE signature`;
}

/** `dexFiles` as `dex files`. */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
