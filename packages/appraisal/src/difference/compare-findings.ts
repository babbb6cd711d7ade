import type { AppDifference, Evidence, Finding } from '@vedette/contracts';
import { addedAndRemoved } from './compare-lists.ts';

const MAX_PLACES_NAMED = 3;

/**
 * Findings that are new, gone, or say something else than before: another severity, status, number of places, or other places. `ownName` is the
 * file name of the newer build, which is no place: it mostly differs from that of the older one.
 */
export function compareFindings(
  before: readonly Finding[],
  after: readonly Finding[],
  ownName: string,
): AppDifference['findings'] {
  const { added, removed, kept } = addedAndRemoved(before, after, ({ ruleId }) => ruleId);
  const changed = kept.flatMap((one) => {
    const what = changesOf(one.before, one.after, ownName);
    const { ruleId, title, severity } = one.after;
    return what.length === 0
      ? []
      : [{ ruleId, title, severity: { before: one.before.severity, after: severity }, what, finding: one.after }];
  });
  return { new: added, gone: removed, changed, same: kept.length - changed.length };
}

function changesOf(before: Finding, after: Finding, ownName: string): string[] {
  const what: string[] = [];
  if (before.severity !== after.severity) what.push(`severity ${after.severity}, was ${before.severity}`);
  if (before.status !== after.status) what.push(`status ${after.status}, was ${before.status}`);
  if ((before.suppressed === undefined) !== (after.suppressed === undefined))
    what.push(after.suppressed === undefined ? 'no longer suppressed' : 'now suppressed');
  if (reachOf(before) === false && reachOf(after) === true) what.push('now in code that can run');
  const [old, now] = [countOf(before), countOf(after)];
  if (old !== now) what.push(`${now} places, were ${old}`);
  const isFile = (evidence: Evidence): boolean => evidence.kind === 'file' && evidence.path === ownName;
  const known = new Set(before.evidence.map(placeKey));
  // Where places were left out of either report, one that looks new may only not have been shown.
  const complete = (before.evidenceOmitted ?? 0) === 0;
  const fresh = complete
    ? after.evidence.filter((evidence) => !known.has(placeKey(evidence)) && !isFile(evidence))
    : [];
  const names = [...new Set(fresh.map(shownName))];
  for (const name of names.slice(0, MAX_PLACES_NAMED)) what.push(`new place: ${name}`);
  if (names.length > MAX_PLACES_NAMED) what.push(`and ${names.length - MAX_PLACES_NAMED} more new places`);
  return what;
}

/** Whether any place of a finding is in code that can run; null where nobody looked. */
function reachOf({ evidence }: Finding): boolean | null {
  const reaches = evidence.flatMap((one) => (one.kind === 'code' && one.reach !== undefined ? [one.reach] : []));
  return reaches.length === 0 ? null : reaches.includes('reachable');
}

function countOf({ evidence, evidenceOmitted }: Finding): number {
  return evidence.length + (evidenceOmitted ?? 0);
}

/** What stays the same from build to build when nothing changes there: no offsets, no lines, no name of a code file. */
function placeKey(evidence: Evidence): string {
  return `${evidence.kind} ${placeName(evidence)}`;
}

/** For people: `a.B.c` for `a.B.c(I)V`. Descriptors are for machines, which compare by them; a string is left as it is. */
function shownName(evidence: Evidence): string {
  if (evidence.kind !== 'code') return placeName(evidence);
  const short = (member: string): string => (member.startsWith('"') ? member : member.replace(/\([\s\S]*$/, ''));
  const { method, reference, ...rest } = evidence;
  return placeName({
    ...rest,
    ...(method === undefined ? {} : { method: short(method) }),
    ...(reference === undefined ? {} : { reference: short(reference) }),
  });
}

function placeName(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'code': {
      const method = evidence.method === undefined ? '' : `.${evidence.method}`;
      const reference = evidence.reference === undefined ? '' : ` → ${evidence.reference}`;
      return `${evidence.class}${method}${reference}`;
    }
    case 'file':
      return evidence.path;
    case 'manifest':
      return `${evidence.element}${evidence.attribute === undefined ? '' : ` ${evidence.attribute}="${evidence.value ?? ''}"`}`;
    case 'certificate':
      return evidence.sha256;
    case 'text':
      return `${evidence.source}: ${evidence.text}`;
    case 'observation':
      return `${evidence.signal} = ${evidence.value}`;
    case 'network':
      return `${evidence.network}: ${evidence.seen}`;
    case 'appraisal':
      return evidence.sha256;
  }
}
