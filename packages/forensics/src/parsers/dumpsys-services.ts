import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { createNetstatsReader } from '../power/netstats.ts';
import { createPowerUseReader } from '../power/power-use.ts';
import { createAccessibilityReader } from './accessibility.ts';
import { createAppopsDumpReader } from './appops.ts';
import { createBackupReader } from './backup-state.ts';
import { createBatteryDailyReader } from './battery-daily.ts';
import { createDevicePolicyReader } from './device-policy.ts';
import { createDumpsysPackageReader } from './dumpsys-package.ts';
import { createLockSettingsReader, createTrustReader } from './lock-state.ts';
import { createMediaProjectionReader } from './media-projection.ts';
import { createServiceRecordReader } from './service-records.ts';
import { createSettingsDumpReader } from './settings-dump.ts';

/** The reader of one service's dump, or null when nothing is read from that service. */
export function createServiceReader(builder: EvidenceBuilder, service: string, file: string): LineReader | null {
  const facts = createFactsReader(builder, service, file);
  const records = createServiceRecordReader(builder, service, file);
  return facts === null || records === null ? (facts ?? records) : together(facts, records);
}

/** Two readers of the same lines. */
function together(one: LineReader, other: LineReader): LineReader {
  return {
    line(text, number) {
      one.line(text, number);
      other.line(text, number);
    },
    end() {
      one.end();
      other.end();
    },
  };
}

function createFactsReader(builder: EvidenceBuilder, service: string, file: string): LineReader | null {
  switch (service) {
    case 'package':
      return createDumpsysPackageReader(builder, file);
    case 'accessibility':
      return createAccessibilityReader(builder, file);
    case 'settings':
      return createSettingsDumpReader(builder, file);
    case 'lock_settings':
      return createLockSettingsReader(builder, file);
    case 'trust':
      return createTrustReader(builder, file);
    case 'appops':
      return createAppopsDumpReader(builder, file);
    case 'batterystats':
      return together(createBatteryDailyReader(builder, file), createPowerUseReader(builder, file));
    case 'device_policy':
      return createDevicePolicyReader(builder, file);
    case 'media_projection':
      return createMediaProjectionReader(builder, file);
    case 'backup':
      return createBackupReader(builder, file);
    case 'netstats':
      return createNetstatsReader(builder, file);
    default:
      return null;
  }
}

const SERVICE = /^DUMP OF SERVICE (?:(?:CRITICAL|HIGH|NORMAL) )?([\w./-]{1,200}):?\s*$/;
const DURATION = /^--------- [\d.]+s was the duration of dumpsys /;

/** The service a `DUMP OF SERVICE x:` line opens, or null. */
export function openedService(line: string): string | null {
  return line.startsWith('DUMP OF SERVICE') ? (SERVICE.exec(line)?.[1] ?? null) : null;
}

/** The output of `dumpsys` without arguments: all services one after another. */
export function createDumpsysReader(builder: EvidenceBuilder, file: string): LineReader {
  let reader: LineReader | null = null;
  return {
    line(text, number) {
      const service = openedService(text);
      if (service !== null) {
        reader?.end();
        reader = createServiceReader(builder, service, file);
      } else if (DURATION.test(text)) {
        reader?.end();
        reader = null;
      } else reader?.line(text, number);
    },
    end() {
      reader?.end();
    },
  };
}
