/** What PostgreSQL cannot keep in text or jsonb: NUL, and halves of surrogate pairs (PostgreSQL manual, 8.14 JSON Types). */
const UNSTORABLE = /[\0\p{Cs}]/gu;
/** A payload nested deeper than any report is (they have six levels) is somebody's experiment. */
const MAX_DEPTH = 32;

/**
 * The payload with U+FFFD in place of characters the database cannot keep. They come from names that apps choose for themselves, so refusing the report would let any app
 * silence its device; the ledger keeps the signed bytes as they came.
 * @throws RangeError when it is nested more than 32 levels deep
 */
export function storable(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  if (typeof value === 'string') return value.replace(UNSTORABLE, '\ufffd');
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.replace(UNSTORABLE, '\ufffd'), storable(item, depth + 1)]),
  );
}
