import type { EvidenceBuilder } from '../evidence-builder.ts';
import { forEachLine } from '../lines.ts';

/** `shutdown.log` and those before it (`shutdown.0.log`, `shutdown.2026-11-01.log`). */
export const SHUTDOWN_LOG = /(?:^|\/)shutdown(?:\.[^/]{1,60})?\.log$/;

/** Clients kept of one shutdown. */
const MAX_WAITING = 5_000;

/**
 * What was still running when the phone was to go off: `remaining client pid: 71 (/private/var/db/x)`, again after each wait, then `SIGTERM: [1699999999]` (or `SIGTERM: … @1699999999`) with the time of
 * all before it. The path may end in the id of the binary. Sources: Kaspersky's description of the log (January 2024), the sysdiagnose framework of CERT-EU, MVT. What has no `SIGTERM` after it has no time.
 */
export function readShutdownLog(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  let waiting: { readonly path: string; readonly line: number }[] = [];
  function close(at: string | null): void {
    const times = new Map<string, { count: number; readonly line: number }>();
    for (const { path, line } of waiting) {
      const seen = times.get(path) ?? { count: 0, line };
      seen.count += 1;
      times.set(path, seen);
    }
    for (const [path, { count, line }] of times)
      builder.record({
        artefact: 'ios.shutdown',
        text: `${path} kept the phone from going off${count > 1 ? `, seen ${count} times` : ''}`,
        at,
        place: { file, line },
        fields: { path, count: String(count) },
        observables: [
          { kind: 'path', value: path },
          { kind: 'process', value: path.slice(path.lastIndexOf('/') + 1) },
        ],
      });
    waiting = [];
  }
  forEachLine(bytes ?? new Uint8Array(), (text, line) => {
    const client = /remaining client pid: \d+ \((\/[^)]{1,1000})\)/.exec(text)?.[1];
    if (client !== undefined && waiting.length < MAX_WAITING)
      waiting.push({ path: client.replace(/\/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i, ''), line });
    const seconds = /SIGTERM:.{0,40}?(?:\[|@)(\d{9,11})\b/.exec(text)?.[1];
    if (seconds !== undefined) close(new Date(Number(seconds) * 1000).toISOString());
  });
  if (waiting.length > 0) close(null);
}
