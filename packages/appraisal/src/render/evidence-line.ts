import type { Evidence } from '@vedette/contracts';
import { printable } from '../printable.ts';

/** Where a piece of evidence is, on one line, without its note. */
export function evidencePlace(evidence: Evidence): string {
  return printable(placeOf(evidence));
}

function placeOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'manifest': {
      const attribute = evidence.attribute === undefined ? '' : ` ${evidence.attribute}="${evidence.value ?? ''}"`;
      const line = evidence.line === undefined ? '' : `, line ${evidence.line}`;
      return `${evidence.element}${attribute}${line}`;
    }
    case 'code': {
      const method = evidence.method === undefined ? '' : `.${withoutDescriptor(evidence.method)}`;
      const offset = evidence.codeOffset === undefined ? '' : `+${evidence.codeOffset}`;
      const reference = evidence.reference === undefined ? '' : ` → ${withoutDescriptor(evidence.reference)}`;
      return `${evidence.class}${method}${offset} (${evidence.file})${reference}`;
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
