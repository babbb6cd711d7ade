import { CALLS, ownCalls } from '../../call-groups.ts';
import { atCall, atString, inFile } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { executableOf } from '../../magic.ts';
import { hit, type Rule } from '../../rule.ts';

/** The package carries code among its data, and its own code loads code or installs packages. Native programs do not count: they are run, not loaded. */
export const dropper: Rule = {
  id: 'android.behaviour.dropper',
  version: 1,
  title: 'The app carries another app or code inside, and has the means to start it',
  why: 'What does the harm is inside the harmless-looking package and comes out on the phone, past the checks of the store.',
  remedy: 'Appraise what is inside. Do not install the app before its maker explains it.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['archive', 'code'],
  malice: { base: 20 },
  dataRisk: { base: 5 },
  classes: ['dropper'],
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1407', 'T1406'] },
  run(_image, ctx) {
    const inside = ctx.heads().filter(({ entry, head }) => {
      const kind = executableOf(entry.path, head);
      return kind !== null && kind !== 'elf';
    });
    if (inside.length === 0) return null;
    const means = [
      ...ownCalls(ctx, CALLS.loadsCode).map((call) => atCall(call, 'loads code')),
      ...ownCalls(ctx, CALLS.installsApps).map((call) => atCall(call, 'installs a package')),
      ...ctx
        .stringLoads((value) => value === 'application/vnd.android.package-archive')
        .filter((site) => libraryOf(site.class) === null)
        .map((site) => atString(site, 'asks the system to install a package')),
    ];
    if (means.length === 0) return null;
    return hit([
      ...inside.map(({ entry }) => inFile(entry.path, 'code among the data', { offset: entry.offset })),
      ...means,
    ]);
  },
};
