import type { CheckResult, Evidence, Finding } from '@vedette/contracts';
import { clip, type Ink, ink, paragraph, type TextStyle } from './lay-out.ts';
import { shortRef } from './raw-refs.ts';

const SEVERITY_INK: Readonly<Record<Finding['severity'], Ink>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'dim',
};

const INDENT = ' '.repeat(11);
const SHOWN_EVIDENCE = 5;

/** What is wrong, worst first: title, why it matters, the evidence, what to do. Sideloaded apps have a table of their own. */
export function renderFindings(result: CheckResult, style: TextStyle, folder: string): string[] {
  const shown = result.findings.filter((finding) => finding.ruleId !== 'device.app.sideloaded');
  if (shown.length === 0) return [];
  const lines = ['', ink(style, 'What is wrong, with its evidence', 'bold')];
  for (const finding of shown) lines.push('', ...renderFinding(finding, style, folder));
  return lines;
}

function renderFinding(finding: Finding, style: TextStyle, folder: string): string[] {
  const severity = ink(style, finding.severity.toUpperCase().padEnd(8), 'bold', SEVERITY_INK[finding.severity]);
  const title = paragraph(finding.title, style.width, INDENT).map((line) => ink(style, line.trimStart(), 'bold'));
  const lines = title.map((line, index) => (index === 0 ? `  ${severity} ${line}` : INDENT + line));
  lines.push(...paragraph(finding.description, style.width, INDENT));
  for (const evidence of finding.evidence.slice(0, SHOWN_EVIDENCE)) {
    const text = evidenceText(evidence, folder);
    lines.push(...paragraph(text, style.width, `${INDENT}  `, `${INDENT}- `).map((line) => ink(style, line, 'dim')));
  }
  const omitted = Math.max(0, finding.evidence.length - SHOWN_EVIDENCE) + (finding.evidenceOmitted ?? 0);
  if (omitted > 0) lines.push(ink(style, `${INDENT}- and ${omitted} more`, 'dim'));
  if (finding.remedy !== undefined) {
    lines.push(...paragraph(finding.remedy, style.width, `${INDENT}   `, `${INDENT}-> `));
  }
  lines.push(ink(style, INDENT + idsOf(finding), 'dim'));
  return lines;
}

function idsOf(finding: Finding): string {
  const ids = [...(finding.mappings?.attack ?? []), ...(finding.mappings?.nist ?? [])];
  return ids.length === 0 ? finding.ruleId : `${finding.ruleId} (${ids.join(', ')})`;
}

function evidenceText(evidence: Evidence, folder: string): string {
  switch (evidence.kind) {
    case 'observation': {
      const place = evidence.rawRef === undefined ? evidence.source : shortRef(evidence.rawRef, folder);
      return `${place === '' ? '' : `${place}: `}${evidence.signal} = ${clip(evidence.value, 200)}`;
    }
    case 'network':
      return `${evidence.network}${evidence.host === undefined ? '' : `, ${evidence.host}`}: ${clip(evidence.seen, 200)}`;
    case 'text':
      return `${evidence.source}${evidence.line === undefined ? '' : `:${evidence.line}`}: ${clip(evidence.text, 200)}`;
    case 'file':
      return `${evidence.path}: ${evidence.note}`;
    case 'manifest':
    case 'code':
    case 'certificate':
    case 'appraisal':
    default:
      return evidence.note;
  }
}
