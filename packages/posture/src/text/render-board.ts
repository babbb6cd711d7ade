import { type CheckResult, isAskable, SIGNALS, type Signal } from '@vedette/contracts';
import { HOW_TO_KNOW, HOW_TO_KNOW_IOS } from '../data/how-to-know.ts';
import { ageText, ink, paragraph, printable, type TextStyle } from './lay-out.ts';
import { shortRef } from './raw-refs.ts';

const GROUP_TITLES = {
  system: 'System',
  lock: 'Lock',
  developer: 'Developer',
  integrity: 'Integrity',
  apps: 'Apps',
  network: 'Network',
  agent: 'Agent',
} as const;

const TITLE_WIDTH = 22;
const INDENT = ' '.repeat(6 + TITLE_WIDTH + 1);
const MARKS = { ok: 'ok ', bad: 'BAD', unknown: ' ? ' } as const;
const MARK_INK = { ok: 'green', bad: 'red', unknown: 'yellow' } as const;

/** The board: signals in their groups, each with its value, and at the right where it is from. */
export function renderBoard(result: CheckResult, style: TextStyle, folder: string): string[] {
  const lines: string[] = [];
  let group = '';
  for (const signal of result.signals) {
    if (!isAskable(signal)) continue;
    const definition = SIGNALS[signal.id];
    if (definition.group !== group) {
      if (group !== '') lines.push('');
      group = definition.group;
      lines.push(ink(style, GROUP_TITLES[definition.group], 'bold'));
    }
    const basis = basisOf(signal, folder, result.input.collectedAt);
    lines.push(...renderSignal(signal, definition.title, style, basis, result.device.platform));
  }
  return lines;
}

function renderSignal(
  signal: Signal,
  title: string,
  style: TextStyle,
  basis: string,
  platform: CheckResult['device']['platform'],
): string[] {
  const mark = ink(style, MARKS[signal.status], MARK_INK[signal.status]);
  const name = signal.status === 'bad' ? ink(style, title.padEnd(TITLE_WIDTH), 'bold') : title.padEnd(TITLE_WIDTH);
  const [first = '', ...more] = paragraph(textOf(signal, platform), style.width, INDENT);
  const text = first.trimStart();
  const head = `  ${mark} ${name} ${text}`;
  if (basis === '') return [head, ...more];
  const gap = style.width - INDENT.length - text.length - basis.length;
  if (more.length === 0 && gap >= 2) return [head + ' '.repeat(gap) + ink(style, basis, 'dim')];
  return [head, ...more, ...paragraph(basis, style.width, INDENT).map((line) => ink(style, line, 'dim'))];
}

function textOf(signal: Signal, platform: CheckResult['device']['platform']): string {
  if (signal.status !== 'unknown') return signal.value === '' ? signal.status : signal.value;
  const reason = signal.reason ?? 'not known';
  if (signal.source === null) {
    const how = platform === 'ios' ? HOW_TO_KNOW_IOS[signal.id] : HOW_TO_KNOW[signal.id];
    // A list that is missing is no fault of the evidence.
    if (signal.id === 'os.exploited' && platform === 'ios') return reason;
    return how === undefined ? reason : `not in this evidence (${how} would tell)`;
  }
  return signal.value === '' ? reason : `${signal.value}. ${reason}`;
}

/** Where a signal comes from. Its grade is named where it is another than usual, its age where it is not the whole evidence's. */
function basisOf(signal: Signal, folder: string, collectedAt: string | null): string {
  if (signal.source === null) return '';
  const parts = [signal.rawRef === undefined ? signal.source : shortRef(signal.rawRef, folder)];
  if (signal.trust !== null && signal.trust !== 'os-reported') parts.push(signal.trust);
  if (signal.ageSeconds !== null && signal.observedAt !== collectedAt) parts.push(ageText(signal.ageSeconds));
  return printable(parts.filter((part) => part !== '').join(', '));
}
