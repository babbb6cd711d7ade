import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { createAccessibilityRecordsReader } from './accessibility-records.ts';
import { createAdbKeysReader } from './adb-keys.ts';
import { createBatteryHistoryReader } from './battery-history.ts';
import { createDatabaseOperationsReader } from './database-operations.ts';
import { createPlatformCompatReader } from './platform-compat.ts';
import { createResolverTableReader } from './resolver-table.ts';

const READERS: Readonly<Record<string, (builder: EvidenceBuilder, file: string) => LineReader>> = {
  accessibility: createAccessibilityRecordsReader,
  adb: createAdbKeysReader,
  batterystats: createBatteryHistoryReader,
  dbinfo: createDatabaseOperationsReader,
  package: createResolverTableReader,
  platform_compat: createPlatformCompatReader,
};

/** The reader that writes records of one service's dump, or null where none are written. */
export function createServiceRecordReader(builder: EvidenceBuilder, service: string, file: string): LineReader | null {
  return Object.hasOwn(READERS, service) ? (READERS[service]?.(builder, file) ?? null) : null;
}
