import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const TABLE = /^(Activity|Receiver) Resolver Table:\s*$/;
const HEADING =
  /^ {2}(?:Full MIME Types|Base MIME Types|Wild MIME Types|Schemes|Non-Data Actions|MIME Typed Actions):\s*$/;
const INTENT = /^ {3,12}([A-Za-z][\w.$-]{1,250}):\s*$/;
const ENTRY = /^ {3,16}[0-9a-f]{1,16} ([A-Za-z]\w*(?:\.\w+)+)\/([\w.$]{1,300})/;
/** Distinct listeners told: phones have some ten thousand. */
const MAX_LISTENERS = 40_000;

/**
 * Who listens for what: `Activity Resolver Table:` and `Receiver Resolver Table:` of `dumpsys package` (AOSP IntentResolver.dump), there under
 * `Non-Data Actions:` an intent's name with a colon, and below it `hash package/class filter hash`. Some versions indent the intent wrongly; its form decides.
 */
export function createResolverTableReader(builder: EvidenceBuilder, file: string): LineReader {
  let table: string | null = null;
  let actions = false;
  let intent: string | null = null;
  const told = new Set<string>();
  return {
    line(text, number) {
      if (text !== '' && !text.startsWith(' ')) {
        table = TABLE.exec(text)?.[1]?.toLowerCase() ?? null;
        actions = false;
        intent = null;
        return;
      }
      if (table === null) return;
      if (HEADING.test(text)) {
        actions = text.trim() === 'Non-Data Actions:';
        intent = null;
        return;
      }
      if (!actions) return;
      const entry = ENTRY.exec(text);
      if (entry === null) {
        intent = INTENT.exec(text)?.[1] ?? intent;
        return;
      }
      const [, app = '', name = ''] = entry;
      const key = `${table} ${intent} ${app}/${name}`;
      if (intent === null || told.has(key) || told.size >= MAX_LISTENERS) return;
      told.add(key);
      builder.record({
        artefact: `android.${table}`,
        text: `${app}/${name} listens for ${intent}`,
        place: { file, line: number },
        fields: { package: app, component: `${app}/${name}`, intent },
        observables: [{ kind: 'app', value: app }],
      });
    },
    end() {},
  };
}
