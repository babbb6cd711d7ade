import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

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
      const header = /^\s+Package ([\w.]+):\s*$/.exec(text);
      if (header !== null) {
        current = header[1] ?? '';
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
