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

/** `dumpsys appops`: `    Package com.x:` and below it `      REQUEST_INSTALL_PACKAGES (allow):`. */
export function createAppopsDumpReader(builder: EvidenceBuilder, file: string): LineReader {
  let current: string | null = null;
  let packages = 0;
  const holders = new Set<string>();
  return {
    line(text, number) {
      const header = /^\s+Package ([\w.]+):\s*$/.exec(text);
      if (header !== null) {
        current = header[1] ?? null;
        packages += 1;
        return;
      }
      if (current === null || !text.includes('REQUEST_INSTALL_PACKAGES')) return;
      if (/^\s+REQUEST_INSTALL_PACKAGES(?: \((?:.*=)?allow[^)]*\)|: mode=allow)/.test(text)) {
        holders.add(current);
        builder.observe('appops.request-install-packages', current, { file, line: number });
      }
    },
    end() {
      if (packages > 0) builder.observe('appops.request-install-packages.count', String(holders.size), { file });
    },
  };
}
