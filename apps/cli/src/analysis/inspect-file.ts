import { basename } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { readAppImage } from '@vedette/program';
import { CliError, EXIT } from '../exit-code.ts';
import type { View } from '../inspect/view.ts';
import type { ViewName } from '../inspect/view-names.ts';
import type { Analysed } from './analysed.ts';
import type { AnalysisJob, InspectQuestion, Progress } from './job.ts';
import { readInput } from './read-input.ts';

/** Loaded when asked for: the view of a signature does not wait for a disassembler. */
const VIEWS: Readonly<Record<ViewName, () => Promise<View>>> = {
  overview: async () => (await import('../inspect/overview.ts')).overview,
  manifest: async () => (await import('../inspect/manifest.ts')).manifest,
  resources: async () => (await import('../inspect/resources.ts')).resources,
  dex: async () => (await import('../inspect/dex.ts')).dex,
  classes: async () => (await import('../inspect/classes.ts')).classes,
  method: async () => (await import('../inspect/method.ts')).method,
  xrefs: async () => (await import('../inspect/xrefs.ts')).xrefs,
  signature: async () => (await import('../inspect/signature.ts')).signature,
  native: async () => (await import('../inspect/native.ts')).native,
  strings: async () => (await import('../inspect/strings.ts')).strings,
  entries: async () => (await import('../inspect/entries.ts')).entries,
};

/**
 * Reads one app and shows a view of it.
 * @throws CliError when the path is no readable file, or the view has no answer
 */
export async function inspectFile(
  job: AnalysisJob,
  question: InspectQuestion,
  onProgress: Progress,
): Promise<Analysed> {
  const bytes = readInput(job.path);
  const host = createNodeHost();
  const view = await VIEWS[question.view]();
  const { value: image, diagnostics } = readAppImage(bytes, {
    name: basename(job.path),
    host,
    limits: { codeTimeMs: job.timeoutMs },
    ...(view.needs === undefined ? {} : { only: view.needs }),
    onStage: onProgress,
  });
  if (image === null)
    throw new CliError(
      EXIT.failed,
      `${job.path}: ${diagnostics[0]?.message ?? 'nothing in it could be read as an app'}`,
    );
  if (view.argument === null && question.what !== null)
    throw new CliError(EXIT.usage, `inspect ${view.name} takes no name; leave ${question.what} out`);
  const shown = view.show({
    image,
    bytes,
    host,
    what: question.what,
    minSdk: question.minSdk,
    maxSdk: question.maxSdk,
    idsig: question.idsig === null ? null : readInput(question.idsig),
    limit: question.limit,
  });
  if (!question.raw) return { data: shown.data, text: job.text === null ? '' : shown.text };
  if (shown.raw === undefined)
    throw new CliError(EXIT.usage, `inspect ${view.name} has no bytes to give; leave --raw out`);
  return { data: null, text: '', raw: shown.raw };
}
