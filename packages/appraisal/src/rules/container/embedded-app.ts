import { inFile } from '../../evidence.ts';
import { executableOf } from '../../magic.ts';
import { hit, type Rule } from '../../rule.ts';

const WHAT = {
  dex: 'a DEX file',
  apk: 'an Android package',
  elf: 'a native program',
  'archive-with-code': 'an archive with a DEX file',
};

/** Told by content, not by name. Native libraries in `lib/` and the DEX files that Android itself loads are not looked at. */
export const embeddedApp: Rule = {
  id: 'android.container.embedded-app',
  version: 1,
  title: 'The package carries further code among its data',
  why: 'Code that lies among pictures and texts is loaded or installed later, past the checks that the package itself went through.',
  remedy: 'Appraise the embedded file as well.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['archive'],
  malice: { base: 6, step: 1, max: 9 },
  dataRisk: { base: 3 },
  classes: [],
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1407', 'T1406'] },
  run(_image, ctx) {
    return hit(
      ctx.heads().flatMap(({ entry, head }) => {
        const kind = executableOf(entry.path, head);
        return kind === null
          ? []
          : [inFile(entry.path, `${WHAT[kind]}, by its first bytes`, { offset: entry.offset, length: entry.size })];
      }),
    );
  },
};
