/** An action whose time has come. */
export interface DueAction {
  readonly tenantId: string;
  readonly actionId: string;
}

/** How many may be under way. */
export interface SendingLimits {
  readonly all: number;
  /** Of one organisation: a receiver that hangs must not hold up the others. */
  readonly perTenant: number;
}

/**
 * Which of the due actions to send next, in their order, beside those under way. Pure.
 * @param due oldest first; may contain actions that are under way
 */
export function chooseDue(
  due: readonly DueAction[],
  underWay: readonly DueAction[],
  limits: SendingLimits,
): DueAction[] {
  const busy = new Set(underWay.map((action) => action.actionId));
  const perTenant = new Map<string, number>();
  for (const { tenantId } of underWay) perTenant.set(tenantId, (perTenant.get(tenantId) ?? 0) + 1);
  const chosen: DueAction[] = [];
  for (const action of due) {
    if (underWay.length + chosen.length >= limits.all) break;
    const count = perTenant.get(action.tenantId) ?? 0;
    if (busy.has(action.actionId) || count >= limits.perTenant) continue;
    perTenant.set(action.tenantId, count + 1);
    chosen.push(action);
  }
  return chosen;
}
