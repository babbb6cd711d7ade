import type { EvidenceBuilder } from './evidence-builder.ts';

/** The first `most` of a list. Where there are more, the notes on the evidence say so: what was not read is not known. `what` names them in the plural. */
export function firstOf<T>(
  builder: Pick<EvidenceBuilder, 'diagnose'>,
  list: readonly T[],
  most: number,
  what: string,
  where: string,
): readonly T[] {
  if (list.length <= most) return list;
  builder.diagnose({
    id: 'evidence.limit',
    level: 'warning',
    message: `Only ${most} of ${list.length} ${what} were read.`,
    where,
  });
  return list.slice(0, most);
}
