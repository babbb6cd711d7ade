import { createNodeHost } from '@vedette/bytes/node';
import { Appraisal } from '@vedette/contracts';
import { type BundleSpec, buildBundle, buildZip } from '@vedette/formats/builders';
import { type AppImage, readAppImage } from '@vedette/program';
import { appraise } from '../appraise.ts';
import { RULES } from '../rules/index.ts';
import { NOW } from './test-rule.ts';

const host = createNodeHost();

/** Reads bytes as `scan` does. */
export function imageOf(bytes: Uint8Array, name = 'app.ipa'): AppImage {
  const { value, diagnostics } = readAppImage(bytes, { name, host });
  if (value === null) throw new Error(diagnostics[0]?.message);
  return value;
}

/** An iOS app in a few lines: a real IPA is built and read. `nested` are bundles by their folder in the app. */
export function fakeIosApp(spec: BundleSpec = {}, nested: Readonly<Record<string, BundleSpec>> = {}): AppImage {
  const bundles = Object.entries({ '': spec, ...nested }).flatMap(([folder, bundle]) =>
    Object.entries(buildBundle(bundle, host)).map(([name, data]) => ({
      name: `Payload/Sample.app/${folder}${name}`,
      data,
    })),
  );
  return imageOf(buildZip(bundles));
}

/** The appraisal by all rules. */
export function judgeIos(image: AppImage): Appraisal {
  return Appraisal.parse(appraise(image, { version: '0', now: NOW, rules: RULES }));
}

/** What one rule shows for an app, as text; null when it did not fire. */
export function shownBy(id: string, image: AppImage): string | null {
  const finding = judgeIos(image).findings.find(({ ruleId }) => ruleId === id);
  return finding === undefined ? null : JSON.stringify(finding.evidence);
}
