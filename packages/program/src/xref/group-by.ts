/** Members of each group in ascending order: those of `g` are `members[starts[g]]` up to `members[starts[g + 1]]`. */
export interface Groups {
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

/** Sorts the members 0 to `count - 1` by group (counting sort); a group outside of 0 to `groups - 1` leaves a member out. */
export function groupBy(count: number, groups: number, groupOf: (member: number) => number): Groups {
  const starts = new Uint32Array(groups + 1);
  for (let member = 0; member < count; member++) {
    const group = groupOf(member);
    if (group >= 0 && group < groups) starts[group + 1] = (starts[group + 1] ?? 0) + 1;
  }
  for (let group = 0; group < groups; group++) starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0);
  const next = starts.slice();
  const members = new Uint32Array(starts[groups] ?? 0);
  for (let member = 0; member < count; member++) {
    const group = groupOf(member);
    if (group < 0 || group >= groups) continue;
    const place = next[group] ?? 0;
    next[group] = place + 1;
    members[place] = member;
  }
  return { starts, members };
}

export function membersOf(groups: Groups, group: number): Uint32Array {
  if (group < 0 || group + 1 >= groups.starts.length) return NONE;
  return groups.members.subarray(groups.starts[group], groups.starts[group + 1]);
}

const NONE = new Uint32Array(0);
