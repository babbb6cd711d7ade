import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { parseLocalTime } from '../local-time.ts';

const PACKAGE = /^[A-Za-z][\w]*(?:\.[\w]+)+$/;

/** Operations whose holders are noted, and the ends of the keys that they are noted under. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['REQUEST_INSTALL_PACKAGES', 'request-install-packages'],
  ['SYSTEM_ALERT_WINDOW', 'system-alert-window'],
  ['GET_USAGE_STATS', 'get-usage-stats'],
  ['MOCK_LOCATION', 'mock-location'],
]);
const OPERATION =
  /^\s+(REQUEST_INSTALL_PACKAGES|SYSTEM_ALERT_WINDOW|GET_USAGE_STATS|MOCK_LOCATION)(?:: mode=(\w+)| \((?:[^)]*=)?(\w+)\b)/;

/** `cmd appops query-op OPERATION allow`: one package a line, or `No operations.`; `operation` as in the command: `REQUEST_INSTALL_PACKAGES`, `android:mock_location`. Null for operations that are not noted. */
export function createHoldersQueryReader(builder: EvidenceBuilder, file: string, operation: string): LineReader | null {
  const key = OPERATIONS.get(operation.toUpperCase().replace(/^ANDROID[_:]/, ''));
  if (key === undefined) return null;
  const holders = new Set<string>();
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      const trimmed = text.trim();
      if (PACKAGE.test(trimmed)) {
        holders.add(trimmed);
        builder.observe(`appops.${key}`, trimmed, { file, line: number });
      } else if (refused === null && isDenial(text)) refused = { text, line: number };
    },
    end() {
      if (refused !== null && holders.size === 0) builder.denied('appops', refused.text, { file, line: refused.line });
      else builder.observe(`appops.${key}.count`, String(holders.size), { file });
    },
  };
}

/**
 * `dumpsys appops`: `  Uid u0a181:`, modes of the whole uid as `      REQUEST_INSTALL_PACKAGES: mode=allow`, then per
 * `    Package com.x:` a line `      REQUEST_INSTALL_PACKAGES (allow):` (also `(default / switch …=allow)`).
 */
export function createAppopsDumpReader(builder: EvidenceBuilder, file: string): LineReader {
  let current: string | null = null;
  let operation: string | null = null;
  let uidAllows = new Set<string>();
  let packages = 0;
  const holders = new Map([...OPERATIONS.keys()].map((name) => [name, new Set<string>()]));

  function hold(name: string, app: string, line: number): void {
    holders.get(name)?.add(app);
    builder.observe(`appops.${OPERATIONS.get(name) ?? name}`, app, { file, line });
  }

  return {
    line(text, number) {
      if (/^\s+Uid \S+:\s*$/.test(text)) {
        current = null;
        uidAllows = new Set();
        return;
      }
      const named = /^\s{6,}([A-Z][A-Z_]{2,60}) \(/.exec(text)?.[1];
      if (named !== undefined) operation = named;
      else recordUse(builder, file, { text, number, app: current, operation });
      const header = /^\s+Package ([\w.]+):\s*$/.exec(text);
      if (header !== null) {
        current = header[1] ?? '';
        operation = null;
        packages += 1;
        for (const name of uidAllows) hold(name, current, number);
        return;
      }
      const [, name, uidMode, mode] = OPERATION.exec(text) ?? [];
      if (name === undefined) return;
      if (current === null) {
        if (uidMode === 'allow') uidAllows.add(name);
      } else if (mode === 'allow') hold(name, current, number);
    },
    end() {
      if (packages === 0) return;
      for (const [name, apps] of holders)
        builder.observe(`appops.${OPERATIONS.get(name) ?? name}.count`, String(apps.size), { file });
    },
  };
}

interface Use {
  readonly text: string;
  readonly number: number;
  readonly app: string | null;
  readonly operation: string | null;
}

/** `Access: [fg-s] 2026-11-01 10:11:12.123 (-1d2h)` and `Reject: …`: what an app did with a power, and when it was refused. */
function recordUse(builder: EvidenceBuilder, file: string, { text, number, app, operation }: Use): void {
  const use = /^\s+(Access|Reject):\s*(?:\[[^\]]{1,40}\]\s*)?(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})/.exec(text);
  if (use === null || app === null || operation === null) return;
  const [, kind = '', time = ''] = use;
  builder.record({
    artefact: 'android.appops',
    text: `${app} ${kind === 'Access' ? 'used' : 'was refused'} ${operation}`,
    at: parseLocalTime(time),
    place: { file, line: number },
    fields: { package: app, operation, use: kind.toLowerCase() },
    observables: [{ kind: 'app', value: app }],
  });
}
