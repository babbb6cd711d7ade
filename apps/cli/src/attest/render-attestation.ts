import { type AttestationReport, type FieldValue, fieldText } from '@vedette/attestation';
import { printable } from '../terminal.ts';

/** What a verification says, for people: the answer, each check with its result, every field. */
export function renderAttestation({ kind, ok, reasons, checks, fields }: AttestationReport): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = [
    ok ? `ACCEPTED: ${kind}` : `REFUSED: ${kind}: ${reasons.length === 0 ? 'nothing was checked' : reasons.join(', ')}`,
    '',
    'Checks',
    ...checks.map(
      ({ id, ok: holds, detail }) =>
        `  ${holds === null ? ' - ' : holds ? ' ok' : 'BAD'}  ${id.padEnd(width)}  ${detail}`,
    ),
    '',
    'Fields',
    ...fieldLines(fields, '  '),
  ];
  const open = checks.filter(({ ok: holds }) => holds === null).length;
  if (open > 0) lines.push('', `${open} marked “-” ${open === 1 ? 'was' : 'were'} not checked, or not stated.`);
  return `${lines.map(printable).join('\n')}\n`;
}

/** Longest value shown on its line; `--format json` has the whole. */
const MAX_VALUE = 160;

function fieldLines(fields: Readonly<Record<string, FieldValue>>, indent: string): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (isRecord(value)) return [`${indent}${name}`, ...fieldLines(value, `${indent}  `)];
    if (Array.isArray(value) && value.some(isRecord))
      return [
        `${indent}${name}`,
        ...value.flatMap((one, index) =>
          isRecord(one) ? fieldLines(one, `${indent}  ${index + 1}. `) : [fieldText(one)],
        ),
      ];
    const text = fieldText(value);
    return [
      `${indent}${name}: ${text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}… (${text.length} characters)` : text}`,
    ];
  });
}

function isRecord(value: FieldValue): value is { readonly [name: string]: FieldValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
