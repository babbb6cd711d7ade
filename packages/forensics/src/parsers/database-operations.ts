import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { parseLocalTime } from '../local-time.ts';

const POOL = /^\s*Connection pool for (\/.{1,500}):\s*$/;
const OPERATION =
  /^\s*\d+: \[((?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)?\] (?:\[Pid:\((\d+)\)\]\s?)?(\w{1,60})\b.{0,200}?(?:sql="(.{1,800}?)(?:"|$)|$)/;
const PACKAGE = /^[A-Za-z]\w*(?:\.\w+)+$/;

/**
 * What was last asked of databases, from `dumpsys dbinfo` (AOSP SQLiteConnection.dump): `Connection pool for /path:`, below it `0: [2026-11-01 10:11:12.123] [Pid:(12)] execute
 * took 0ms - succeeded, sql="…"`. Year and process are missing on some versions; without a year there is no time. Every part of the path that could be an app is one.
 */
export function createDatabaseOperationsReader(builder: EvidenceBuilder, file: string): LineReader {
  let path: string | null = null;
  return {
    line(text, number) {
      const pool = POOL.exec(text);
      if (pool !== null) {
        path = pool[1] ?? null;
        return;
      }
      const operation = path === null ? null : OPERATION.exec(text);
      if (path === null || operation === null) return;
      const [, time = '', pid = '', action = '', sql = ''] = operation;
      const apps = new Set(
        path
          .split('/')
          .slice(0, -1)
          .filter((part) => PACKAGE.test(part)),
      );
      builder.record({
        artefact: 'android.database-operation',
        text: `${action} on ${path}${sql === '' ? '' : `: ${sql}`}`,
        at: parseLocalTime(time),
        place: { file, line: number },
        fields: { path, action, pid, sql },
        observables: [{ kind: 'path', value: path }, ...[...apps].map((value) => ({ kind: 'app' as const, value }))],
      });
    },
    end() {},
  };
}
