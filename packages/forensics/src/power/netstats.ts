import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const SECTION = /^\s*(Dev|Xt|UID|UID tag) stats:\s*$/;
const KEY = /^\s*ident=.* uid=(-?\d{1,10}) set=(\w{1,20}) tag=(0x[0-9a-f]{1,8})\s*$/;
const HISTORY = /^\s*NetworkStatsHistory: bucketDuration=(\d{1,7})\s*$/;
const BUCKET = /^\s*st=(\d{9,11}) rb=(\d{1,15}) rp=\d+ tb=(\d{1,15}) tp=\d+/;

/**
 * `dumpsys netstats detail` (AOSP `NetworkStatsService.dump`, `NetworkStatsCollection.dump`, `NetworkStatsHistory.dump`): under `UID stats:`, for each network, user id and set (`DEFAULT` is what was
 * sent while the app was not in front), the bytes of each span of time, two hours long as a rule, for the last weeks. Tagged traffic is part of the untagged and is not counted again.
 */
export function createNetstatsReader(builder: EvidenceBuilder, file: string): LineReader {
  let inside = false;
  let key: { readonly uid: number; readonly inFront: boolean } | null = null;
  let seconds = 0;
  return {
    line(text, number) {
      const section = SECTION.exec(text);
      if (section !== null) {
        inside = section[1] === 'UID';
        if (inside) builder.usage.trafficPlace(`${file}:${number}`);
        key = null;
        return;
      }
      if (!inside) return;
      const opened = KEY.exec(text);
      if (opened !== null) {
        const [, uid = '', set = '', tag = ''] = opened;
        const counted = /^0x0+$/.test(tag) && (set === 'DEFAULT' || set === 'FOREGROUND');
        key = counted ? { uid: Number(uid), inFront: set === 'FOREGROUND' } : null;
        seconds = 0;
        return;
      }
      if (key === null) return;
      const history = HISTORY.exec(text);
      if (history !== null) seconds = Number(history[1]);
      const bucket = seconds > 0 ? BUCKET.exec(text) : null;
      if (bucket !== null)
        builder.usage.traffic(key.uid, key.inFront, Number(bucket[1]), seconds, Number(bucket[2]) + Number(bucket[3]));
    },
    end() {},
  };
}
