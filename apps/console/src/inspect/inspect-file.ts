import { appraise } from '@vedette/appraisal';
import type { Host } from '@vedette/bytes';
import type { Appraisal, Diagnostic } from '@vedette/contracts';
import { type AppEntry, type AppImage, readAppImage } from '@vedette/program';
import { type ContentFacts, contentFacts } from './content-facts.ts';
import { type EntryHead, hexDump, textOfHead } from './entry-head.ts';
import { type ManifestRow, manifestRows } from './manifest-rows.ts';
import { plistElement } from './plist-element.ts';
import { type SigningFacts, signingFacts } from './signing-facts.ts';
import { createStringTable, type StringPage } from './string-table.ts';

/** What the page shows at once; the long lists are asked for page by page. */
export interface InspectSummary {
  readonly content: ContentFacts;
  readonly signing: SigningFacts;
  /** The manifest, of an iOS app its Info.plist and entitlements; empty when there is none that can be read. */
  readonly documents: readonly DocumentTree[];
  readonly entryCount: number;
  readonly appraisal: Appraisal;
  readonly elapsedMs: number;
}

export interface DocumentTree {
  readonly title: string;
  readonly rows: readonly ManifestRow[];
  /** False when it is longer than what is shown. */
  readonly complete: boolean;
}

export interface EntryRow {
  /** Its place in the list of the app: names may occur twice. */
  readonly index: number;
  readonly path: string;
  /** The file of a set that it is in; empty for the file itself. */
  readonly part: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly offset: number;
}

export interface EntryPage {
  readonly rows: readonly EntryRow[];
  readonly matched: number;
  readonly total: number;
}

export interface StringSiteRow {
  readonly file: string;
  readonly class: string;
  readonly method: string;
  readonly codeOffset: number;
}

export interface StringDetail {
  readonly value: string;
  readonly sites: readonly StringSiteRow[];
}

/** An app that is open: what it is, and answers to what is asked of it. */
export interface OpenedApp {
  readonly summary: InspectSummary;
  entries(search: string, offset: number, limit: number): EntryPage;
  head(index: number): EntryHead;
  strings(search: string, offset: number, limit: number): StringPage;
  /** A string by its place: the whole of it, and where code loads it; at most 20 places. */
  string(index: number): StringDetail;
}

export type InspectOutcome =
  | { readonly opened: OpenedApp }
  /** No app: the first diagnostic says why. */
  | { readonly refused: readonly Diagnostic[] };

export interface InspectOptions {
  readonly name: string;
  readonly host: Host;
  /** The present, ISO 8601. */
  readonly now: string;
  readonly engineVersion: string;
  readonly onProgress: (stage: string, share: number) => void;
}

const HEAD_BYTES = 4_096;
const MAX_SITES = 20;

/** Reads and appraises an app. Nothing leaves the caller; nothing in the app is run. */
export function inspectFile(bytes: Uint8Array, options: InspectOptions): InspectOutcome {
  const { name, host, now, engineVersion, onProgress } = options;
  const started = host.now();
  const clock = stoppableClock(host);
  const read = readAppImage(bytes, {
    name,
    host: clock.host,
    onStage: (stage, share) => onProgress(stage, share * 0.85),
  });
  const image = read.value;
  if (image === null) return { refused: read.diagnostics };
  onProgress('rules', 0.85);
  const appraisal = appraise(image, {
    version: engineVersion,
    now,
    readDiagnostics: read.diagnostics,
    onProgress: ({ done, total }) => onProgress('rules', 0.85 + (0.15 * done) / total),
  });
  clock.stop();
  const summary: InspectSummary = {
    content: contentFacts(image),
    signing: signingFacts(image),
    documents: documentsOf(image),
    entryCount: image.entries.length,
    appraisal,
    elapsedMs: host.now() - started,
  };
  return { opened: openedApp(image, summary) };
}

function documentsOf({ manifest, ios }: AppImage): DocumentTree[] {
  if (manifest !== null) return [{ title: 'AndroidManifest.xml', ...manifestRows(manifest.root) }];
  if (ios === null) return [];
  const { info } = ios.main;
  return [
    ...(info === null ? [] : [{ title: 'Info.plist', ...manifestRows(plistElement('Info.plist', info)) }]),
    ...(ios.entitlements === null
      ? []
      : [{ title: 'Entitlements', ...manifestRows(plistElement('entitlements', ios.entitlements)) }]),
  ];
}

/** The budgets of reading are measured from its start; what a person asks for minutes later must not meet them. */
function stoppableClock(host: Host): { readonly host: Host; stop(): void } {
  let stoppedAt: number | null = null;
  return {
    host: { ...host, now: () => stoppedAt ?? host.now() },
    stop() {
      stoppedAt = host.now();
    },
  };
}

function openedApp(image: AppImage, summary: InspectSummary): OpenedApp {
  const table = createStringTable(image.code);
  return {
    summary,
    strings: (search, offset, limit) => table.page(search, offset, limit),
    entries(search, offset, limit) {
      const needle = search.toLowerCase();
      const found: number[] = [];
      for (const [index, { path }] of image.entries.entries()) {
        if (path.toLowerCase().includes(needle)) found.push(index);
      }
      const rows = found.slice(offset, offset + limit).flatMap((index) => {
        const entry = image.entries[index];
        return entry === undefined ? [] : [entryRow(entry, index)];
      });
      return { rows, matched: found.length, total: image.entries.length };
    },
    head(index) {
      const entry = image.entries[index];
      if (entry === undefined) return { hex: '', text: null, shown: 0, diagnostics: ['There is no such entry.'] };
      const { value, diagnostics } = entry.read(HEAD_BYTES);
      const shown = value.subarray(0, HEAD_BYTES);
      return {
        hex: hexDump(shown),
        text: textOfHead(shown),
        shown: shown.length,
        diagnostics: diagnostics.map(({ message }) => message),
      };
    },
    string(index) {
      const value = table.at(index);
      if (value === null) return { value: '', sites: [] };
      const sites = image.code.stringLoads((candidate) => candidate === value, MAX_SITES);
      return {
        value,
        sites: sites.map((site) => ({
          file: site.file,
          class: site.class,
          method: site.method,
          codeOffset: site.codeOffset,
        })),
      };
    },
  };
}

function entryRow({ path, part, size, compressedSize, offset }: AppEntry, index: number): EntryRow {
  return { index, path, part, size, compressedSize, offset };
}
