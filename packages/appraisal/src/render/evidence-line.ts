import type { Evidence } from '@vedette/contracts';
import { printable } from '../printable.ts';
import { squeeze } from './wrap.ts';

/** Where a piece of evidence is, without its note: one line, or two where the second says what is referred to there. */
export function evidencePlace(evidence: Evidence, width: number): string[] {
  const [place, reference] = placeOf(evidence).map((text) => printable(text ?? ''));
  if (place === undefined) return [];
  if (reference === undefined) return [squeeze(place, width)];
  const line = `${place} → ${reference}`;
  return line.length <= width ? [line] : [squeeze(place, width), `  → ${squeeze(reference, width - 4)}`];
}

function placeOf(evidence: Evidence): readonly [string, string?] {
  if (evidence.kind === 'code') {
    const method = evidence.method === undefined ? '' : `.${withoutDescriptor(evidence.method)}`;
    const offset = evidence.codeOffset === undefined ? '' : `+${evidence.codeOffset}`;
    const place = `${evidence.file}: ${evidence.class}${method}${offset}`;
    return evidence.reference === undefined ? [place] : [place, withoutDescriptor(evidence.reference)];
  }
  return [lineOf(evidence)];
}

function lineOf(evidence: Exclude<Evidence, { kind: 'code' }>): string {
  switch (evidence.kind) {
    case 'manifest': {
      // The path names the element by its android:name already.
      const repeated = evidence.value !== undefined && evidence.element.endsWith(`[${evidence.value}]`);
      const attribute =
        evidence.attribute === undefined || repeated ? '' : ` ${evidence.attribute}="${evidence.value ?? ''}"`;
      const line = evidence.line === undefined ? '' : `, line ${evidence.line}`;
      return `${evidence.element.replace(/^manifest\/(?:application(?:\[[^\]]*\])?\/)?(?=.)/, '')}${attribute}${line}`;
    }
    case 'file':
      return evidence.offset === undefined ? evidence.path : `${evidence.path} at byte ${evidence.offset}`;
    case 'certificate':
      return `${evidence.subject} (SHA-256 ${evidence.sha256.slice(0, 16)}…)`;
    case 'text':
      return `${evidence.source}${evidence.line === undefined ? '' : `:${evidence.line}`}: ${evidence.text}`;
    case 'observation':
      return `${evidence.signal} = ${evidence.value} (${evidence.source}, trust ${evidence.trust})`;
    case 'network':
      return `${evidence.network}${evidence.host === undefined ? '' : `, ${evidence.host}`}: ${evidence.seen}`;
    case 'appraisal':
      return `${evidence.package} ${evidence.versionName ?? ''} (${evidence.verdict}, SHA-256 ${evidence.sha256.slice(0, 16)}…)`;
  }
}

/** `exec([Ljava/lang/String;)…` → `exec(…)`: descriptors are for machines, and the JSON has them. Quoted strings are left alone. */
function withoutDescriptor(member: string): string {
  if (member.startsWith('"')) return member;
  const bracket = member.indexOf('(');
  if (bracket === -1) return member;
  return `${member.slice(0, bracket)}${member.startsWith('()', bracket) ? '()' : '(…)'}`;
}
