import type { Host } from '@vedette/bytes';
import { readSqlite } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { MAX_EVIDENCE_FILE_BYTES } from '../read-options.ts';
import { gunzip } from '../tar-tree.ts';
import { readBatteryBdc } from './battery-bdc.ts';
import { createPowerlogHours, windowsOf } from './powerlog-hours.ts';
import { readPowerlog } from './read-powerlog.ts';

const POWERLOG = /(?:^|\/)(?:powerlogs|BatteryLife(?:\/Archives)?)\/[^/]+\.PLSQL(?:\.gz)?$/i;
const BATTERY = /(?:^|\/)BatteryBDC\/[^/]+\.csv$/;

/** The files of one phone that tell what apps used. */
export interface PowerSources {
  is(path: string): boolean;
  /** @param wal the database's log beside it; null: there is none */
  read(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null, wal: Uint8Array | null): void;
  /** Gives the builder the windows of all files together. */
  finish(builder: EvidenceBuilder): void;
}

/** @param host unpacks archives of the log; without one they stay closed, and a note says so */
export function createPowerSources(host: Pick<Host, 'inflateRaw'> | undefined): PowerSources {
  const hours = createPowerlogHours();
  let capacityMah: number | null = null;
  let worn: number | null = null;
  let rawRef = '';
  return {
    is: (path) => POWERLOG.test(path) || BATTERY.test(path),
    read(builder, file, bytes, wal) {
      if (BATTERY.test(file)) {
        worn = readBatteryBdc(builder, file, bytes ?? new Uint8Array()) ?? worn;
        return;
      }
      const warn = (message: string): void =>
        builder.diagnose({ id: 'ios.powerlog', level: 'warning', message, where: file });
      const packed = bytes !== null && bytes[0] === 0x1f && bytes[1] === 0x8b;
      if (packed && host === undefined) return warn('It is packed, and nothing here unpacks it.');
      const plain = packed && host !== undefined ? gunzip(bytes, host, MAX_EVIDENCE_FILE_BYTES)?.output : bytes;
      const { value } = readSqlite(plain ?? new Uint8Array(), { wal });
      if (value === null) return warn('The log of what apps used cannot be read.');
      const read = readPowerlog(builder, file, value);
      hours.merge(read.hours);
      capacityMah = read.capacityMah ?? capacityMah;
      rawRef = rawRef === '' ? file : rawRef;
    },
    finish(builder) {
      const known = { capacityMah: capacityMah ?? worn, rawRef: rawRef.slice(-500) };
      for (const window of windowsOf(hours, known)) builder.usage.counted(window);
    },
  };
}
