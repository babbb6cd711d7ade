import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const GRANT = /^\s*\(([A-Za-z]\w*(?:\.\w+)+), uid=\d{1,9}\): TYPE_/;

/** `dumpsys media_projection` (AOSP `MediaProjectionManagerService.dump`): after `Media Projection:` either `null` or `(package, uid=10123): TYPE_SCREEN_CAPTURE`: who captured the screen at that moment. */
export function createMediaProjectionReader(builder: EvidenceBuilder, file: string): LineReader {
  let begun = false;
  let ended = false;
  return {
    line(text, number) {
      if (/^\s*Media Projection:/.test(text)) begun = true;
      if (!begun || ended) {
        if (isDenial(text)) builder.denied('media_projection', text, { file, line: number });
        return;
      }
      const app = GRANT.exec(text)?.[1];
      if (app !== undefined) builder.observe('media-projection.app', app, { file, line: number });
      else if (!/(?:^|:)\s*null\s*$/.test(text)) return;
      ended = true;
      builder.observe('media-projection.app.count', app === undefined ? '0' : '1', { file, line: number });
    },
    end() {},
  };
}
