import type { EvidenceBuilder } from '../evidence-builder.ts';
import { forEachLine } from '../lines.ts';

/** Columns that hold the capacity in mAh, best first; names from public readers of these files and from memory. */
const CAPACITY = ['NominalChargeCapacity', 'FullChargeCapacity', 'DesignCapacity'];
const MAX_ROWS = 100_000;

/**
 * Health of the battery (`BatteryBDC/BDC_Daily_*.csv` and others): a line of column names, then values, without quotes. `TimeStamp` is `2026-11-03 08:00:01`, taken to be UTC as the sysdiagnose framework
 * of CERT-EU does. One record for each file, of its last row.
 * @returns the capacity in mAh; null where the file does not say
 */
export function readBatteryBdc(builder: EvidenceBuilder, file: string, bytes: Uint8Array): number | null {
  let columns: readonly string[] | null = null;
  let last: { readonly values: readonly string[]; readonly line: number } | null = null;
  let rows = 0;
  forEachLine(bytes, (text, line) => {
    const values = text.split(',').map((value) => value.trim());
    if (columns === null) columns = values;
    else if (values.length === columns.length && rows++ < MAX_ROWS) last = { values, line };
  });
  return columns === null || last === null ? null : noteOf(builder, file, columns, last);
}

function noteOf(
  builder: EvidenceBuilder,
  file: string,
  columns: readonly string[],
  { values, line }: { readonly values: readonly string[]; readonly line: number },
): number | null {
  const of = (name: string): string => values[columns.indexOf(name)] ?? '';
  const capacity = CAPACITY.map((name) => Number(of(name))).find((value) => value > 500 && value < 30_000) ?? null;
  const cycles = [of('BatteryCycleCount'), of('CycleCount')].find((value) => /^\d{1,6}$/.test(value)) ?? '';
  const at = Date.parse(`${of('TimeStamp').replace(' ', 'T')}Z`);
  if (cycles === '' && capacity === null) return null;
  builder.record({
    artefact: 'ios.battery-health',
    text: `The battery${cycles === '' ? '' : ` was charged ${cycles} times`}${capacity === null ? '' : `${cycles === '' ? '' : ' and'} holds ${capacity} mAh`}`,
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
    place: { file, line },
    fields: { cycles, capacity: String(capacity ?? '') },
  });
  return capacity;
}
