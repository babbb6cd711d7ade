import { SERVER_SIGNALS, type SignalId } from '@vedette/contracts';

/** Signals only a server judges: a check away from it does not miss them. */
export function isServerOnly(id: SignalId): boolean {
  return SERVER_SIGNALS.includes(id);
}
