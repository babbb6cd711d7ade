import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { parseLocalTime } from '../local-time.ts';

const PACKAGE = /^[A-Za-z][\w]*(?:\.[\w]+)+$/;

/** `cmd appops query-op REQUEST_INSTALL_PACKAGES allow`: one package a line, or `No operations.` */
export function createInstallersQueryReader(builder: EvidenceBuilder, file: string): LineReader {
  const holders = new Set<string>();
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      const trimmed = text.trim();
      if (PACKAGE.test(trimmed)) {
        holders.add(trimmed);
        builder.observe('appops.request-install-packages', trimmed, { file, line: number });
      } else if (refused === null && isDenial(text)) refused = { text, line: number };
    },
    end() {
      if (refused !== null && holders.size === 0) builder.denied('appops', refused.text, { file, line: refused.line });
      else builder.observe('appops.request-install-packages.count', String(holders.size), { file });
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
  let uidAllows = false;
  let packages = 0;
  const holders = new Set<string>();

  function hold(name: string, line: number): void {
    holders.add(name);
    builder.observe('appops.request-install-packages', name, { file, line });
  }

  return {
    line(text, number) {
      if (/^\s+Uid \S+:\s*$/.test(text)) {
        current = null;
        uidAllows = false;
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
        if (uidAllows) hold(current, number);
        return;
      }
      if (!text.includes('REQUEST_INSTALL_PACKAGES')) return;
      if (current === null) uidAllows ||= /^\s+REQUEST_INSTALL_PACKAGES: mode=allow\b/.test(text);
      else if (/^\s+REQUEST_INSTALL_PACKAGES \((?:[^)]*=)?allow\b/.test(text)) hold(current, number);
    },
    end() {
      if (packages > 0) builder.observe('appops.request-install-packages.count', String(holders.size), { file });
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
