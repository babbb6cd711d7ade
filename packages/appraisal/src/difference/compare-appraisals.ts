import type { AppDifference, Appraisal, ComparedApp } from '@vedette/contracts';
import { compareFindings } from './compare-findings.ts';
import { addedAndRemoved } from './compare-lists.ts';
import { compareSigners } from './compare-signers.ts';

/**
 * What changed from one build to another, from their appraisals alone. Lists are in the order of the appraisals. Pure; symmetric where the question is (what is added one
 * way is removed the other way).
 */
export function compareAppraisals(before: Appraisal, after: Appraisal): AppDifference {
  const [old, now] = [before.app, after.app];
  const components = addedAndRemoved(old.components, now.components, ({ kind, name }) => `${kind} ${name}`);
  const hosts = addedAndRemoved(old.hosts, now.hosts, ({ host }) => host);
  const libraries = addedAndRemoved(librariesOf(old), librariesOf(now), ({ name }) => name);
  return {
    schema: 'vedette.difference/1',
    before: comparedApp(before),
    after: comparedApp(after),
    sameFile: before.file.sha256 === after.file.sha256,
    sameApp: old.platform === now.platform && old.package !== '' && old.package === now.package,
    signer: compareSigners(before, after),
    sdk: { minSdk: pair(old.minSdk, now.minSdk), targetSdk: pair(old.targetSdk, now.targetSdk) },
    permissions: listed(addedAndRemoved(old.permissions, now.permissions, ({ name }) => name)),
    components: {
      ...listed(components),
      changed: components.kept.filter(
        (one) => one.before.exported !== one.after.exported || one.before.permission !== one.after.permission,
      ),
    },
    hosts: {
      added: hosts.added.map(({ host }) => host),
      removed: hosts.removed.map(({ host }) => host),
      nowCleartext: hosts.kept
        .filter((one) => !one.before.cleartext && one.after.cleartext)
        .map((one) => one.after.host),
    },
    libraries: {
      added: libraries.added.map(({ name, version }) => ({ name, version })),
      removed: libraries.removed.map(({ name, version }) => ({ name, version })),
      changed: libraries.kept
        .filter((one) => one.before.version !== one.after.version)
        .map((one) => ({ name: one.after.name, before: one.before.version, after: one.after.version })),
    },
    findings: compareFindings(before.findings, after.findings, after.file.name),
  };
}

function comparedApp({ app, file, score, verdict }: Appraisal): ComparedApp {
  const { platform, package: name, versionName, versionCode } = app;
  return {
    file: file.name,
    sha256: file.sha256,
    platform,
    package: name,
    versionName,
    versionCode,
    verdict,
    malice: score.malice.value,
    dataRisk: score.dataRisk.value,
  };
}

interface AppWithLibraries {
  readonly platform: string;
  readonly libraries?: readonly Library[] | undefined;
}

interface Library {
  readonly name: string;
  readonly version: string | null;
}

function librariesOf({ libraries }: AppWithLibraries): readonly Library[] {
  return libraries ?? [];
}

function listed<T>({ added, removed }: { added: T[]; removed: T[] }): { added: T[]; removed: T[] } {
  return { added, removed };
}

function pair(before: number | null, after: number | null): { before: number | null; after: number | null } | null {
  return before === after ? null : { before, after };
}
