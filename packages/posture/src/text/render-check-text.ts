import { type CheckResult, type Evidence, type Finding, SIGNALS, type Signal } from '@vedette/contracts';
import { installerName, sideloadOf } from '../sideload.ts';
import { ageText, clip, count, type Ink, ink, paragraph, printable, type TextStyle } from './lay-out.ts';

const GROUP_TITLES = {
  system: 'System',
  lock: 'Lock',
  developer: 'Developer',
  integrity: 'Integrity',
  apps: 'Apps',
  network: 'Network',
  agent: 'Agent',
} as const;

const KIND_NAMES = { bugreport: 'bug report', androidqf: 'androidqf bundle', adb: 'ADB answers' } as const;

/** Signals only a server judges: nothing is missing when a check away from it has none. */
const SERVER_ONLY: ReadonlySet<string> = new Set(['apps.appraised', 'agent.contact', 'agent.reports']);

const SEVERITY_INK: Readonly<Record<Finding['severity'], Ink>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'dim',
};

/**
 * A check for the terminal: the answer in one line, the board of signals in its groups, what is wrong with evidence and
 * remedy, apps without a store, and what could not be read. Without colour it is plain ASCII but for quotes and dashes found
 * in the texts; every mark is a word or sign, so nothing rests on colour alone.
 */
export function renderCheckText(result: CheckResult, style: TextStyle): string {
  const lines = [
    ...renderAnswer(result, style),
    '',
    ...renderBoard(result, style),
    ...renderFindings(result, style),
    ...renderSideloaded(result, style),
    ...renderUnread(result, style),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** `3 things are wrong with this phone, 4 could not be checked.` */
export function answerOf(result: CheckResult): string {
  const own = result.signals.filter((signal) => !SERVER_ONLY.has(signal.id));
  const bad = own.filter((signal) => signal.status === 'bad').length;
  const unknown = own.filter((signal) => signal.status === 'unknown').length;
  const ok = own.length - bad - unknown;
  const open = unknown === 0 ? '' : `${unknown} could not be checked`;
  if (bad === 0 && unknown === 0) return `Nothing wrong was found: all ${ok} checks are good.`;
  if (bad === 0) return `Nothing wrong was found, but ${open}; ${count(ok, 'check is', 'checks are')} good.`;
  const wrong = `${count(bad, 'thing is', 'things are')} wrong with this phone`;
  return unknown === 0 ? `${wrong}; the other ${ok} checks are good.` : `${wrong}, ${open}.`;
}

function renderAnswer(result: CheckResult, style: TextStyle): string[] {
  const bad = result.signals.some((signal) => signal.status === 'bad');
  const open = result.signals.some((signal) => signal.status === 'unknown' && !SERVER_ONLY.has(signal.id));
  const { manufacturer, model, osVersion, patchLevel, platform } = result.device;
  const name = [manufacturer, model].filter((part) => part !== null).join(' ') || 'unknown device';
  const system = `${platform === 'ios' ? 'iOS' : 'Android'} ${osVersion ?? '?'}${patchLevel === null ? '' : `, patch level ${patchLevel}`}`;
  const collected =
    result.input.collectedAt === null ? 'undated' : `of ${result.input.collectedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const about = `${printable(name)} - ${printable(system)} - ${KIND_NAMES[result.input.kind]} ${collected}`;
  return [
    ...paragraph(answerOf(result), style.width, '').map((line) =>
      ink(style, line, 'bold', bad ? 'red' : open ? 'yellow' : 'green'),
    ),
    ...paragraph(about, style.width, '').map((line) => ink(style, line, 'dim')),
  ];
}

function renderBoard(result: CheckResult, style: TextStyle): string[] {
  const lines: string[] = [];
  let group = '';
  for (const signal of result.signals) {
    if (SERVER_ONLY.has(signal.id)) continue;
    const definition = SIGNALS[signal.id];
    if (definition.group !== group) {
      if (group !== '') lines.push('');
      group = definition.group;
      lines.push(ink(style, GROUP_TITLES[definition.group], 'bold'));
    }
    lines.push(...renderSignal(signal, definition.title, style, result.input.collectedAt));
  }
  return lines;
}

const TITLE_WIDTH = 22;
const MARKS = { ok: 'ok ', bad: 'BAD', unknown: ' ? ' } as const;
const MARK_INK = { ok: 'green', bad: 'red', unknown: 'yellow' } as const;

function renderSignal(signal: Signal, title: string, style: TextStyle, collectedAt: string | null): string[] {
  const head = `  ${ink(style, MARKS[signal.status], MARK_INK[signal.status])} ${title.padEnd(TITLE_WIDTH)} `;
  const indent = ' '.repeat(6 + TITLE_WIDTH + 1);
  const [first = '', ...more] = paragraph(textOf(signal), style.width, indent);
  const lines = [head + first.trimStart(), ...more];
  const basis = basisOf(signal, collectedAt);
  if (basis !== '') lines.push(...paragraph(basis, style.width, indent).map((line) => ink(style, line, 'dim')));
  return lines;
}

function textOf(signal: Signal): string {
  const reason = signal.reason ?? '';
  if (signal.status === 'unknown') return signal.value === '' ? reason || 'not known' : `${signal.value}. ${reason}`;
  return signal.value === '' ? signal.status : signal.value;
}

/** Where a signal comes from; its age only where it is not that of the whole evidence. */
function basisOf(signal: Signal, collectedAt: string | null): string {
  if (signal.source === null) return '';
  const parts = [signal.rawRef ?? signal.source];
  if (signal.trust !== null && signal.trust !== 'os-reported') parts.push(signal.trust);
  if (signal.ageSeconds !== null && signal.observedAt !== collectedAt) parts.push(ageText(signal.ageSeconds));
  return parts.join(', ');
}

function renderFindings(result: CheckResult, style: TextStyle): string[] {
  // Sideloaded apps have their table; one line each is enough there.
  const shown = result.findings.filter((finding) => finding.ruleId !== 'device.app.sideloaded');
  if (shown.length === 0) return [];
  const lines = ['', ink(style, `What is wrong (${shown.length})`, 'bold'), ''];
  for (const finding of shown) {
    const severity = finding.severity.toUpperCase();
    const indent = '     ';
    const [first = '', ...more] = paragraph(finding.title, style.width - 10, indent);
    lines.push(
      `  ${ink(style, severity.padEnd(8), 'bold', SEVERITY_INK[finding.severity])} ${ink(style, first.trim(), 'bold')}`,
    );
    lines.push(...more);
    lines.push(...paragraph(finding.description, style.width, indent));
    for (const evidence of finding.evidence.slice(0, 5)) {
      lines.push(
        ...paragraph(evidenceText(evidence), style.width, `${indent}  `, `${indent}- `).map((line) =>
          ink(style, line, 'dim'),
        ),
      );
    }
    const omitted = finding.evidence.length - 5 + (finding.evidenceOmitted ?? 0);
    if (omitted > 0) lines.push(ink(style, `${indent}- and ${omitted} more`, 'dim'));
    if (finding.remedy !== undefined)
      lines.push(...paragraph(`Do: ${finding.remedy}`, style.width, `${indent}    `, indent));
    lines.push(ink(style, indent + idsOf(finding), 'dim'), '');
  }
  return lines;
}

function idsOf(finding: Finding): string {
  const ids = [...(finding.mappings?.attack ?? []), ...(finding.mappings?.nist ?? [])];
  return ids.length === 0 ? finding.ruleId : `${finding.ruleId}  (${ids.join(', ')})`;
}

function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'observation': {
      const place = evidence.rawRef === undefined ? evidence.source : evidence.rawRef;
      return `${place}: ${evidence.signal} = ${clip(evidence.value, 200)}`;
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
      return evidence.note;
  }
}

function renderSideloaded(result: CheckResult, style: TextStyle): string[] {
  const rows = result.apps.flatMap((app) => {
    const sideload = sideloadOf(app);
    return sideload === null ? [] : [{ app, how: sideload.how }];
  });
  if (rows.length === 0) return [];
  const nameWidth = Math.min(44, Math.max(7, ...rows.map(({ app }) => app.package.length)));
  const lines = ['', ink(style, `Apps that did not come from a store (${rows.length})`, 'bold'), ''];
  for (const { app, how } of rows.slice(0, 50)) {
    const version = clip(app.versionName ?? '-', 16).padEnd(16);
    const date = (app.firstInstalledAt ?? '').slice(0, 10).padEnd(10);
    const head = `  ${clip(app.package, nameWidth).padEnd(nameWidth)}  ${version}  ${date}  `;
    if (head.length + how.length <= style.width) lines.push(head + how);
    else lines.push(head.trimEnd(), ...paragraph(how, style.width, '      '));
    const from = app.installer === null ? '' : `installer ${installerName(app.installer)}`;
    const hash = app.sha256 === null ? '' : `sha256 ${app.sha256}`;
    const detail = [from, hash, app.rawRef ?? ''].filter((part) => part !== '').join(', ');
    if (detail !== '') lines.push(...paragraph(detail, style.width, '      ').map((line) => ink(style, line, 'dim')));
  }
  if (rows.length > 50) lines.push(ink(style, `  and ${rows.length - 50} more (see --format json)`, 'dim'));
  return lines;
}

function renderUnread(result: CheckResult, style: TextStyle): string[] {
  const notes = result.diagnostics.filter((diagnostic) => diagnostic.level !== 'note');
  const lines: string[] = [];
  if (notes.length > 0) {
    lines.push('', ink(style, 'What could not be read', 'bold'), '');
    for (const note of notes.slice(0, 20)) {
      const where = note.where === undefined ? '' : `${note.where}: `;
      lines.push(...paragraph(`${where}${note.message}`, style.width, '    ', '  - '));
    }
    if (notes.length > 20) lines.push(`  and ${notes.length - 20} more`);
  }
  return lines;
}
