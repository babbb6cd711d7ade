/** Members of each group in ascending order: those of `g` are `members[starts[g]]` up to `members[starts[g + 1]]`. */
export interface Groups {
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

/** Sorts members by their group (counting sort); every entry of `groupOf` is below `groups`. */
export function groupBy(groupOf: Uint32Array, groups: number): Groups {
  const starts = startsOf(groupOf, groups);
  const next = starts.slice();
  const members = new Uint32Array(groupOf.length);
  for (let member = 0; member < members.length; member++) {
    const group = groupOf[member] ?? 0;
    const place = next[group] ?? 0;
    next[group] = place + 1;
    members[place] = member;
  }
  return { starts, members };
}

/** The same for members in the order of `order`: sorting by one key after another keeps the order of the first. */
export function groupInOrder(groupOf: Uint32Array, groups: number, order: Uint32Array): Groups {
  const starts = startsOf(groupOf, groups);
  const next = starts.slice();
  const members = new Uint32Array(groupOf.length);
  for (let index = 0; index < members.length; index++) {
    const member = order[index] ?? 0;
    const group = groupOf[member] ?? 0;
    const place = next[group] ?? 0;
    next[group] = place + 1;
    members[place] = member;
  }
  return { starts, members };
}

function startsOf(groupOf: Uint32Array, groups: number): Uint32Array {
  const starts = new Uint32Array(groups + 1);
  for (let member = 0; member < groupOf.length; member++) {
    const row = (groupOf[member] ?? 0) + 1;
    starts[row] = (starts[row] ?? 0) + 1;
  }
  return addUp(starts);
}

/** Turns counts, each one place further on, into where each group begins. */
export function addUp(starts: Uint32Array): Uint32Array {
  let sum = 0;
  for (let index = 0; index < starts.length; index++) {
    sum += starts[index] ?? 0;
    starts[index] = sum;
  }
  return starts;
}

export function membersOf(groups: Groups, group: number): Uint32Array {
  if (group < 0 || group + 1 >= groups.starts.length) return NONE;
  return groups.members.subarray(groups.starts[group], groups.starts[group + 1]);
}

const NONE = new Uint32Array(0);
