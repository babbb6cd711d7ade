import { describe, expect, it } from 'vitest';
import { chooseDue, type DueAction } from './choose-due.ts';

const due = (tenantId: string, count: number): DueAction[] =>
  Array.from({ length: count }, (_, at) => ({ tenantId, actionId: `${tenantId}${at}` }));
const ids = (actions: readonly DueAction[]) => actions.map((action) => action.actionId);

describe('chooseDue', () => {
  it('lets no organisation take all places', () => {
    const chosen = chooseDue([...due('a', 50), ...due('b', 1)], [], { all: 16, perTenant: 4 });
    expect(ids(chosen)).toEqual(['a0', 'a1', 'a2', 'a3', 'b0']);
  });
  it('counts what is under way, and sends nothing twice', () => {
    const underWay = due('a', 4);
    expect(ids(chooseDue([...due('a', 6), ...due('b', 3)], underWay, { all: 6, perTenant: 5 }))).toEqual(['a4', 'b0']);
  });
});
