import type { EvidenceBuilder } from '../evidence-builder.ts';
import { type Fields, fieldsOf, flagOf, textOf } from './mdm-answer.ts';

/** Answer to `AvailableOSUpdates` (Apple, MDM protocol): what the device could install, none where it is current. */
export function readUpdates(builder: EvidenceBuilder, file: string, updates: readonly Fields[]): void {
  const place = { file };
  const repairs = updates.find((update) => flagOf(update, 'IsMajorOSUpdate') !== true);
  const security = updates.some(
    (update) => flagOf(update, 'IsCritical') === true || flagOf(update, 'IsSecurityResponse') === true,
  );
  const one = repairs ?? updates[0];
  const state = security ? 'security' : repairs === undefined ? 'upgrade' : 'available';
  builder.observe('system-update.state', one === undefined ? 'up-to-date' : state, place);
  const version = one === undefined ? null : textOf(one, 'Version');
  if (version !== null) builder.observe('system-update.version', version.slice(0, 50), place);
}

/** `softwareupdate.*` of a declarative status report: the version that waits, the state of its installation, the last failure. */
export function readUpdateStatus(builder: EvidenceBuilder, file: string, update: Fields | null): void {
  if (update === null) return;
  const place = { file };
  const version = textOf(fieldsOf(update, 'pending-version'), 'os-version');
  const state = textOf(update, 'install-state');
  if (version !== null) {
    builder.observe('system-update.state', 'available', place);
    builder.observe('system-update.version', version.slice(0, 50), place);
  } else if (state === 'none') builder.observe('system-update.state', 'up-to-date', place);
  const failure = fieldsOf(update, 'failure-reason');
  const count = failure?.['count'];
  if (typeof count === 'number' && count > 0)
    builder.observe(
      'system-update.failure',
      (textOf(failure, 'reason') ?? 'for no stated reason').slice(0, 300),
      place,
    );
}
