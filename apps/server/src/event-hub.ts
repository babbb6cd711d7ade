import type { ServerEvent } from '@vedette/contracts';
import type { EventHub } from './context.ts';

/**
 * Events within this process. With several servers on one database a console hears only what happened on the server it is connected to, and sees the rest at its
 * next refresh.
 * @param onListenerError told when a listener threw; the others are still called
 */
export function createEventHub(onListenerError: (error: unknown) => void): EventHub {
  const listeners = new Map<string, Set<(event: ServerEvent) => void>>();
  return {
    publish(tenantId, event) {
      for (const listener of listeners.get(tenantId) ?? []) {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe(tenantId, listener) {
      const ofTenant = listeners.get(tenantId) ?? new Set();
      listeners.set(tenantId, ofTenant.add(listener));
      return () => {
        ofTenant.delete(listener);
        if (ofTenant.size === 0 && listeners.get(tenantId) === ofTenant) listeners.delete(tenantId);
      };
    },
  };
}
