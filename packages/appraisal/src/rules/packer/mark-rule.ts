import { hit, type Rule } from '../../rule.ts';
import { findMarks } from './find-marks.ts';
import type { MarkFamily, MarkRow } from './mark-row.ts';

/** The rule for one row of a family. */
export function markRule(family: MarkFamily, row: MarkRow): Rule {
  const malice = row.malice ?? family.malice;
  return {
    id: `android.${family.group}.${row.name}`,
    version: 1,
    title: family.title(row.product),
    why: family.why,
    remedy: family.remedy,
    severity: family.severity,
    kind: family.kind,
    // What cannot be read yields no marks; what can is enough.
    needs: ['archive'],
    ...(malice === undefined ? {} : { malice }),
    classes: row.classesOfThreat ?? [],
    mappings: family.mappings,
    run: (image) => hit(findMarks(image, row)),
  };
}
