import type { Session } from '@vedette/contracts';

/** Who makes a request: one person of one organisation. Carried on `request.actor`; never read from the request's own words. */
export interface Actor {
  readonly tenantId: string;
  readonly userId: string;
  /** The person's name and address as the audit log shows it. */
  readonly name: string;
  readonly role: Session['user']['role'];
}

/** `read`: see everything of the organisation. `administer`: change it. */
export type Permission = 'read' | 'administer';

/** Whether the actor may. A viewer reads; an administrator does everything. */
export function mayDo(actor: Pick<Actor, 'role'>, permission: Permission): boolean {
  return permission === 'read' || actor.role === 'admin';
}
