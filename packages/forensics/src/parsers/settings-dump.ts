import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import type { SettingsNamespace } from '../observed-keys.ts';
import { noteAbsentSettings, noteSetting } from './settings-list.ts';

const HEADER = /^(GLOBAL|SECURE|SYSTEM) SETTINGS \(user (\d+)\)/;
const SETTING = /^_id:\S* name:(\S+)(?: pkg:\S*)? value:(.*?)(?: default:.*)?$/;
const WHOLE_LIST_LINES = 20;

/**
 * `dumpsys settings` as bug reports carry it: `GLOBAL SETTINGS (user 0)` and then
 * `_id:7 name:adb_enabled pkg:android value:0 default:0 defaultSystemSet:true` a line. Only user 0 is read.
 */
export function createSettingsDumpReader(builder: EvidenceBuilder, file: string): LineReader {
  let namespace: SettingsNamespace | null = null;
  let present = new Set<string>();

  function close(): void {
    if (namespace !== null && present.size >= WHOLE_LIST_LINES) noteAbsentSettings(builder, namespace, present, file);
  }

  return {
    line(text, number) {
      const header = HEADER.exec(text);
      if (header !== null) {
        close();
        namespace = header[2] === '0' ? namespaceOf(header[1] ?? '') : null;
        present = new Set();
        return;
      }
      if (namespace === null || !text.startsWith('_id:')) return;
      const match = SETTING.exec(text);
      if (match === null) return;
      present.add(match[1] ?? '');
      noteSetting(builder, namespace, match[1] ?? '', match[2] ?? '', { file, line: number });
    },
    end: close,
  };
}

function namespaceOf(title: string): SettingsNamespace | null {
  switch (title) {
    case 'GLOBAL':
      return 'global';
    case 'SECURE':
      return 'secure';
    case 'SYSTEM':
      return 'system';
    default:
      return null;
  }
}
