import type { Diagnostic, Parsed } from '@vedette/contracts';
import type { AppImage, CallSite, MethodQuery, StringSite } from '@vedette/program';
import { type EntryHead, peekEntries } from './entry-heads.ts';
import { methodKey } from './method-key.ts';
import { SECRET_ROWS } from './rules/secret/secret-rows.ts';
import { type FoundSecrets, findSecrets } from './secrets/find-secrets.ts';
import { readUrls, type UrlUse } from './urls.ts';

/** What rules share besides the image: the date, and answers that several rules ask for and that cost something to find. */
export interface RuleContext {
  /** The app, with all diagnostics of reading it. */
  readonly image: AppImage;
  /** Milliseconds since 1970, for the validity of certificates. */
  readonly nowMs: number;
  /**
   * Addresses in the string pools, in pool order, each once per file; see `readUrls`. This, `calls` and `stringLoads` answer for the code that the platform
   * loads and, behind it, for code found in nested files, which the app can load: evidence then names the file with `!/` or its own name.
   */
  urls(): readonly UrlUse[];
  /** Calls for several queries, in order, without repeats. */
  calls(...queries: readonly MethodQuery[]): readonly CallSite[];
  /** Loads of strings that match. */
  stringLoads(matches: (value: string) => boolean): readonly StringSite[];
  /** First bytes of the archive's entries; see `peekEntries`. */
  heads(): readonly EntryHead[];
  /** Hard-coded secrets in all texts of the app; see `findSecrets`. */
  secrets(): FoundSecrets;
  /** What the answers above left out. */
  diagnostics(): readonly Diagnostic[];
}

/** A context over one image; what it finds it keeps for as long as it lives. */
export function createRuleContext(image: AppImage, now: string): RuleContext {
  let heads: Parsed<readonly EntryHead[]> | null = null;
  let urls: readonly UrlUse[] | null = null;
  let secrets: FoundSecrets | null = null;
  const answered = new Map<string, readonly CallSite[]>();
  const callsOf = (query: MethodQuery): readonly CallSite[] => {
    const key = `${query.class ?? '*'}\0${query.name ?? '*'}\0${query.descriptor ?? '*'}\0${query.inherited === true}`;
    const known = answered.get(key);
    if (known !== undefined) return known;
    const sites = [...image.code.calls(query), ...image.loadable.calls(query)];
    answered.set(key, sites);
    return sites;
  };
  return {
    image,
    nowMs: Date.parse(now),
    urls() {
      urls ??= readUrls(allStrings(image));
      return urls;
    },
    calls(...queries) {
      if (queries.length === 1 && queries[0] !== undefined) return callsOf(queries[0]);
      const seen = new Map<string, CallSite>();
      for (const site of queries.flatMap(callsOf)) {
        seen.set(`${methodKey(site)}\0${site.codeOffset}`, site);
      }
      return [...seen.values()];
    },
    stringLoads: (matches) => [...image.code.stringLoads(matches), ...image.loadable.stringLoads(matches)],
    heads() {
      heads ??= peekEntries(image.entries);
      return heads.value;
    },
    secrets() {
      secrets ??= findSecrets(image, SECRET_ROWS, Date.parse(now));
      return secrets;
    },
    diagnostics: () => [...(heads?.diagnostics ?? []), ...(secrets?.diagnostics ?? [])],
  };
}

function* allStrings({ code, loadable }: AppImage): ReturnType<typeof code.strings> {
  yield* code.strings();
  yield* loadable.strings();
}
