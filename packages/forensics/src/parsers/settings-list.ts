import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { OBSERVED_SETTINGS, type SettingsNamespace } from '../observed-keys.ts';

/** Fewer lines than this are no list of a whole namespace but a piece of one; real lists have more than 50. */
const WHOLE_LIST_LINES = 20;

/** Settings whose absence from a whole list has a meaning: Android reads a missing one as off, or as none. */
const MEANT_BY_ABSENCE: Readonly<Record<SettingsNamespace, readonly string[]>> = {
  global: ['adb_wifi_enabled', 'development_settings_enabled', 'http_proxy', 'private_dns_mode'],
  secure: ['always_on_vpn_app', 'enabled_accessibility_services', 'enabled_notification_listeners'],
  system: [],
};

const SETTING = /^([\w.:/-]{1,200})=(.*)$/;

/**
 * `settings list <namespace>`: one `key=value` a line. `null` is how Android prints a setting that is not set; settings that
 * mean something by being absent from a whole list are noted as `null` too.
 */
export function createSettingsListReader(
  builder: EvidenceBuilder,
  file: string,
  namespace: SettingsNamespace,
): LineReader {
  let count = 0;
  const present = new Set<string>();
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      if (refused === null && isDenial(text)) {
        refused = { text, line: number };
        return;
      }
      const match = SETTING.exec(text);
      if (match === null) return;
      count += 1;
      present.add(match[1] ?? '');
      noteSetting(builder, namespace, match[1] ?? '', match[2] ?? '', { file, line: number });
    },
    end() {
      if (count === 0) {
        builder.denied(`settings.${namespace}`, refused?.text ?? 'no settings in the answer', {
          file,
          line: refused?.line,
        });
      } else if (count >= WHOLE_LIST_LINES) noteAbsentSettings(builder, namespace, present, file);
    },
  };
}

/** Notes as `null` the settings whose absence from a list that was read to its end has a meaning. */
export function noteAbsentSettings(
  builder: EvidenceBuilder,
  namespace: SettingsNamespace,
  present: ReadonlySet<string>,
  file: string,
): void {
  for (const key of MEANT_BY_ABSENCE[namespace]) {
    if (!present.has(key)) builder.observe(`settings.${namespace}.${key}`, 'null', { file });
  }
}

/** The answer to `settings get <namespace> <key>`: the value alone on the first line. */
export function createSettingReader(
  builder: EvidenceBuilder,
  file: string,
  namespace: SettingsNamespace,
  key: string,
): LineReader {
  let done = false;
  return {
    line(text, number) {
      if (done || text.trim() === '') return;
      done = true;
      const place = { file, line: number };
      if (isDenial(text)) builder.denied(`settings.${namespace}`, text, place);
      else noteSetting(builder, namespace, key, text, place);
    },
    end() {},
  };
}

/** Keeps one setting as an observation when it is one of those judged. */
export function noteSetting(
  builder: EvidenceBuilder,
  namespace: SettingsNamespace,
  key: string,
  value: string,
  place: { readonly file: string; readonly line: number },
): void {
  if (OBSERVED_SETTINGS[namespace].has(key)) builder.observe(`settings.${namespace}.${key}`, value.trim(), place);
}
