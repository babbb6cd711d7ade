import { describePhone, type PhoneDescription } from '@vedette/forensics/fixtures';

/** A healthy phone whose evidence was collected this minute and whose system is current, whenever the test runs. */
export function phoneNow(overrides: Partial<PhoneDescription> = {}): PhoneDescription {
  const now = new Date();
  const collectedAt = now.toISOString();
  const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 5)).toISOString().slice(0, 10);
  return describePhone({
    timeZone: 'UTC',
    collectedAt,
    collectedAtLocal: collectedAt.slice(0, 19).replace('T', ' '),
    patchLevel: lastMonth,
    vendorPatchLevel: lastMonth,
    ...overrides,
  });
}
