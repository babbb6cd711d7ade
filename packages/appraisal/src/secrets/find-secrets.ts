import type { Diagnostic, Evidence, Severity } from '@vedette/contracts';
import type { AppEntry, AppImage, StringSite } from '@vedette/program';
import { atString } from '../evidence.ts';
import { libraryOf } from '../library.ts';
import { randomPart } from './checks.ts';
import { isPublicSample } from './placeholder.ts';
import { redact } from './redact.ts';
import type { SecretCheck, SecretMatch, SecretPattern, SecretVerdict } from './secret-pattern.ts';
import { createSecretSearch, type PatternMatches } from './secret-search.ts';
import { type SecretText, secretTexts } from './secret-texts.ts';
import { leftOutDiagnostic, readTextEntries } from './text-entries.ts';

/** What is looked for: a kind of secret and how a match is judged; without `check`, it must be random. */
export interface SecretKind {
  readonly name: string;
  /** With its article: `a GitHub token`. */
  readonly what: string;
  readonly pattern: SecretPattern;
  readonly check?: SecretCheck;
}

/** One secret, whatever number of places it stands at. */
export interface FoundSecret {
  readonly evidence: Evidence;
  readonly severity?: Severity;
  /** How much of the usual weight the case at hand weighs. */
  readonly share: number;
}

export interface FoundSecrets {
  /** By the kind's name. */
  readonly byKind: ReadonlyMap<string, readonly FoundSecret[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Of one kind; an app with more is a list of keys, and the first say so. */
const MAX_PER_KIND = 200;

/** Without the text around it, which may be a file of megabytes. */
interface Sighting {
  readonly secret: string;
  /** The literal of a string pool that it is in. */
  readonly literal: string | null;
  readonly place: Pick<SecretText, 'rank' | 'evidence'>;
  readonly offset: number;
  readonly verdict: SecretVerdict;
  /** Places besides the one shown. */
  others: number;
}

/**
 * Searches every text of the app once for all kinds. Where matches of two kinds overlap, the kind that comes first in `kinds` has it, also when its check refuses it: general kinds stand last and must
 * not take what a special one knows to be harmless. Each secret is reported once per kind, at the place that is easiest to follow. Pure and deterministic.
 * @param nowMs milliseconds since 1970
 */
export function findSecrets(image: AppImage, kinds: readonly SecretKind[], nowMs: number): FoundSecrets {
  const search = createSecretSearch(kinds.map(({ pattern }) => pattern));
  const sightings = kinds.map(() => new Map<string, Sighting>());
  const skipped: AppEntry[] = [];
  const look = (texts: Iterable<SecretText>): void => {
    for (const text of texts) {
      const found = search.search(text.text);
      if (found.length === 0) continue;
      for (const { kind, match, verdict } of judge(found, kinds, nowMs))
        note(sightings[kind], toSighting(text, match, verdict));
    }
  };
  look(secretTexts(image));
  look(readTextEntries(image.entries, (entry) => skipped.push(entry)));

  const sites = loadSites(image, sightings);
  const byKind = new Map<string, readonly FoundSecret[]>();
  for (const [index, { name, what }] of kinds.entries()) {
    const found = [...(sightings[index]?.values() ?? [])];
    if (found.length > 0)
      byKind.set(
        name,
        found.map((sighting) => toFound(sighting, what, sites)),
      );
  }
  const diagnostics = leftOutDiagnostic(skipped);
  if (search.leftOut > 0) {
    const message = `${search.leftOut} places that might hold a secret were not looked at: there are too many.`;
    diagnostics.push({ id: 'appraisal.secrets.too-many-places', level: 'warning', message });
  }
  return { byKind, diagnostics };
}

interface Judged {
  readonly kind: number;
  readonly match: SecretMatch;
  readonly verdict: SecretVerdict;
}

/** Matches of one text that are secrets, each character of them belonging to one kind. */
function judge(found: readonly PatternMatches[], kinds: readonly SecretKind[], nowMs: number): Judged[] {
  const judged: Judged[] = [];
  const taken: SecretMatch[] = [];
  for (const { pattern: kind, matches } of found) {
    for (const match of matches) {
      const end = match.secretStart + match.secret.length;
      if (taken.some((other) => match.secretStart < other.end && other.start < end)) continue;
      const verdict = isPublicSample(match.secret) ? null : (kinds[kind]?.check ?? randomPart)(match, nowMs);
      if (verdict === undefined) continue;
      taken.push(match);
      if (verdict !== null) judged.push({ kind, match, verdict });
    }
  }
  return judged;
}

function toSighting(
  { text, rank, evidence, literal }: SecretText,
  match: SecretMatch,
  verdict: SecretVerdict,
): Sighting {
  return {
    // Joined anew: a part of a text keeps all of it in memory.
    secret: Array.from(match.secret).join(''),
    literal: literal === true ? text : null,
    place: { rank, evidence },
    offset: match.secretStart,
    verdict,
    others: 0,
  };
}

/** Keeps the sighting that is easiest to follow of each secret. That a constant is in a string pool as well is no other place. */
function note(known: Map<string, Sighting> | undefined, sighting: Sighting): void {
  const { secret, literal, place } = sighting;
  const before = known?.get(secret);
  if (before === undefined) {
    if (known !== undefined && known.size < MAX_PER_KIND) known.set(secret, sighting);
    return;
  }
  const others = before.others + (literal === null && before.literal === null ? 1 : 0);
  if (place.rank < before.place.rank) known?.set(secret, { ...sighting, others });
  else before.others = others;
}

/** Where code loads the texts that were seen in string pools, the app's own code first. */
function loadSites(image: AppImage, sightings: readonly Map<string, Sighting>[]): ReadonlyMap<string, StringSite> {
  const literals = sightings.flatMap((known) => Array.from(known.values(), ({ literal }) => literal ?? ''));
  const wanted = new Set(literals.filter((literal) => literal !== ''));
  const sites = new Map<string, StringSite>();
  if (wanted.size === 0) return sites;
  for (const index of [image.code, image.loadable]) {
    for (const site of index.stringLoads((value) => wanted.has(value))) {
      const before = sites.get(site.value);
      const isBetter = before === undefined || (libraryOf(before.class) !== null && libraryOf(site.class) === null);
      if (isBetter) sites.set(site.value, site);
    }
  }
  return sites;
}

function toFound(sighting: Sighting, what: string, sites: ReadonlyMap<string, StringSite>): FoundSecret {
  const { secret, literal, place, offset, verdict, others } = sighting;
  const shown = redact(secret);
  const more = others === 0 ? '' : `, at ${others} more ${others === 1 ? 'place' : 'places'}`;
  const said = `${what}${verdict.note === undefined ? '' : `, ${verdict.note}`}${more}`;
  const site = literal === null ? undefined : sites.get(literal);
  return {
    evidence: site === undefined ? place.evidence(shown, said, offset) : atString({ ...site, value: shown }, said),
    ...(verdict.severity === undefined ? {} : { severity: verdict.severity }),
    share: verdict.share ?? 1,
  };
}
