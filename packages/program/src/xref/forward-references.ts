import { type Groups, groupBy, groupInOrder } from './group-by.ts';
import type { LinkedReferences } from './link-references.ts';

/**
 * The same sites the other way round: those in row `r` are `sites[starts[r]]` up to `sites[starts[r + 1]]`, in order of
 * their place in the code. A site is an index into the columns of `LinkedReferences`.
 */
export interface ForwardReferences {
  readonly starts: Uint32Array;
  readonly sites: Uint32Array;
  /** What each site refers to, by site. */
  readonly targets: Uint32Array;
}

const HALF = 0x1_0000;

/** Counting sorts by the halves of the offset, then by row: linear, however many sites one method has. */
export function forwardReferences(references: LinkedReferences, rows: number): ForwardReferences {
  const { offsets } = references;
  const largest = offsets.reduce((most, offset) => Math.max(most, offset), 0);
  // Only a method of more than 128 KiB has offsets with an upper half.
  const byOffset = largest < HALF ? groupBy(offsets, largest + 1) : groupByHalves(offsets);
  const { starts, members } = groupInOrder(references.rows, rows, byOffset.members);
  return { starts, sites: members, targets: targetOfEach(references) };
}

function groupByHalves(offsets: Uint32Array): Groups {
  const low = groupBy(
    offsets.map((offset) => offset & (HALF - 1)),
    HALF,
  );
  return groupInOrder(
    offsets.map((offset) => offset >>> 16),
    HALF,
    low.members,
  );
}

function targetOfEach({ starts, rows }: LinkedReferences): Uint32Array {
  const targets = new Uint32Array(rows.length);
  let site = 0;
  for (let target = 0; target + 1 < starts.length; target++) {
    const end = starts[target + 1] ?? 0;
    for (; site < end; site++) targets[site] = target;
  }
  return targets;
}
