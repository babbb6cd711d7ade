import { inFile } from '../../evidence.ts';
import { executableOf } from '../../magic.ts';
import { hit, type Rule } from '../../rule.ts';

const INNOCENT =
  /\.(?:png|jpe?g|gif|webp|bmp|ico|svg|mp3|mp4|ogg|wav|m4a|avi|ttf|otf|woff2?|txt|xml|json|html?|css|js|pdf|docx?|properties|ini)$/i;

/** A name that says picture, sound, font or text on content that runs. */
export const disguisedCode: Rule = {
  id: 'android.container.disguised-code',
  version: 1,
  title: 'Code is disguised as a picture, sound or text',
  why: 'Nobody names a program like a picture by accident: it is meant to escape somebody’s notice.',
  remedy: 'Appraise the file under its true type. Do not run the app before its maker explains it.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['archive'],
  malice: { base: 20, step: 2, max: 26 },
  dataRisk: { base: 5 },
  classes: ['dropper', 'trojan'],
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1406', 'T1655'] },
  run(_image, ctx) {
    return hit(
      ctx.heads().flatMap(({ entry, head }) => {
        const kind = INNOCENT.test(entry.path) ? executableOf(entry.path, head) : null;
        return kind === null
          ? []
          : [inFile(entry.path, `by its first bytes: ${kind}`, { offset: entry.offset, length: entry.size })];
      }),
    );
  },
};
