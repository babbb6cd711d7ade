import { SERVER_SIGNALS, type Signal } from '@vedette/contracts';
import { NO_SOURCE } from '../cell.ts';

/** Whether evidence could have answered a signal: those that only a server judges, and those that the platform has no source for, are no gap of a check. */
export function isAskable({ id, status, reason }: Pick<Signal, 'id' | 'status' | 'reason'>): boolean {
  return !SERVER_SIGNALS.includes(id) && !(status === 'unknown' && reason?.endsWith(NO_SOURCE) === true);
}
