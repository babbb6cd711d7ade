import { type CheckResult, EVIDENCE_KINDS, isAskable } from '@vedette/contracts';
import { installerName, sideloadOf } from '../sideload.ts';
import { answerOf, namedBy } from './answer.ts';
import { clip, count, ink, paragraph, printable, type TextStyle, wrap } from './lay-out.ts';
import { commonFolder } from './raw-refs.ts';
import { renderBoard } from './render-board.ts';
import { renderFindings } from './render-findings.ts';

/**
 * A check for the terminal: the answer in one line, the board of signals in its groups, what is wrong with evidence and
 * remedy, apps without a store, and what could not be read. Every mark is a word or a sign, so nothing rests on colour
 * alone; text from the evidence cannot move the cursor or colour the terminal.
 */
export function renderCheckText(result: CheckResult, style: TextStyle): string {
  const folder = commonFolder(result);
  const lines = [
    ...renderAnswer(result, style, folder),
    '',
    ...renderBoard(result, style, folder),
    ...renderFindings(result, style, folder),
    ...renderSideloaded(result, style, folder),
    ...renderUnread(result, style),
    ...renderRecords(result, style),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** What the timeline holds, and what it was held against: an analyst must know what nothing found means. */
function renderRecords({ timeline = [], timelineOmitted = 0, indicators }: CheckResult, style: TextStyle): string[] {
  const held =
    indicators === undefined
      ? 'Held against no list of indicators (vedette help indicators).'
      : `Held against ${count(indicators.total, 'indicator', 'indicators')} of ${count(indicators.lists.length, 'list', 'lists')}.`;
  const dated = timeline.filter(({ at }) => at !== null);
  const span = dated.length === 0 ? '' : `, from ${dated[0]?.at?.slice(0, 10)} to ${dated.at(-1)?.at?.slice(0, 10)}`;
  const records =
    timeline.length === 0
      ? []
      : [
          `${count(timeline.length + timelineOmitted, 'record', 'records')} of the evidence on the timeline${span} (--format json has them).`,
        ];
  return [
    '',
    ...[...records, held].flatMap((line) => paragraph(line, style.width, '')).map((line) => ink(style, line, 'dim')),
  ];
}

function renderAnswer(result: CheckResult, style: TextStyle, folder: string): string[] {
  const bad = result.signals.some((signal) => signal.status === 'bad') || namedBy(result) > 0;
  const open = result.signals.some((signal) => signal.status === 'unknown' && isAskable(signal));
  const { manufacturer, model, osVersion, patchLevel, platform } = result.device;
  const name = [manufacturer, model].filter((part) => part !== null).join(' ') || 'unknown device';
  const system = `${platform === 'ios' ? 'iOS' : 'Android'} ${osVersion ?? '?'}${patchLevel === null ? '' : `, patch level ${patchLevel}`}`;
  const { collectedAt } = result.input;
  const collected = collectedAt === null ? 'undated' : `of ${collectedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const about = `${printable(name)} · ${printable(system)} · ${EVIDENCE_KINDS[result.input.kind]} ${collected}`;
  const answer = paragraph(answerOf(result), style.width, '');
  return [
    ...answer.map((line) => ink(style, line, 'bold', bad ? 'red' : open ? 'yellow' : 'green')),
    ...wrap(about, style.width),
    ...(result.input.parts ?? []).flatMap(({ path, kind }) =>
      paragraph(`${EVIDENCE_KINDS[kind]}: ${path === '' ? '.' : path}`, style.width, '    ', '  - '),
    ),
    ...(folder === ''
      ? []
      : paragraph(`Evidence in ${folder.replace(/:$/, '')}`, style.width, '').map((line) => ink(style, line, 'dim'))),
  ];
}

function renderSideloaded(result: CheckResult, style: TextStyle, folder: string): string[] {
  const rows = result.apps.flatMap((app) => {
    const sideload = sideloadOf(app);
    return sideload === null ? [] : [{ app, how: sideload.how }];
  });
  if (rows.length === 0) return [];
  const nameWidth = Math.min(44, Math.max(7, ...rows.map(({ app }) => app.package.length)));
  const title = `${'App'.padEnd(nameWidth)}  ${'Version'.padEnd(14)}  ${'Installed'.padEnd(10)}  How it came`;
  const lines = [
    '',
    ink(style, `Apps that did not come from a store (${rows.length})`, 'bold'),
    '',
    ink(style, `  ${title}`, 'dim'),
  ];
  for (const { app, how } of rows.slice(0, 50)) {
    const version = clip(app.versionName ?? '-', 14).padEnd(14);
    const date = (app.firstInstalledAt?.slice(0, 10) ?? '-').padEnd(10);
    const head = `  ${clip(app.package, nameWidth).padEnd(nameWidth)}  ${version}  ${date}  `;
    if (head.length + how.length <= style.width) lines.push(head + printable(how));
    else lines.push(head.trimEnd(), ...paragraph(how, style.width, '      '));
    const from = app.installer === null ? '' : `installer ${installerName(app.installer)}`;
    const hash = app.sha256 === null ? '' : `sha256 ${app.sha256}`;
    const place = app.rawRef?.slice(app.rawRef.startsWith(folder) ? folder.length : 0) ?? '';
    const detail = [from, hash, place].filter((part) => part !== '').join(', ');
    if (detail !== '') lines.push(...paragraph(detail, style.width, '      ').map((line) => ink(style, line, 'dim')));
  }
  if (rows.length > 50) lines.push(ink(style, `  and ${rows.length - 50} more (see the JSON report)`, 'dim'));
  return lines;
}

function renderUnread(result: CheckResult, style: TextStyle): string[] {
  const notes = result.diagnostics.filter((diagnostic) => diagnostic.level !== 'note');
  if (notes.length === 0) return [];
  const lines = ['', ink(style, 'What could not be read', 'bold'), ''];
  for (const note of notes.slice(0, 20)) {
    const where = note.where === undefined ? '' : `${note.where}: `;
    lines.push(...paragraph(`${where}${note.message}`, style.width, '    ', '  - '));
  }
  if (notes.length > 20) lines.push(`  and ${notes.length - 20} more`);
  return lines;
}
