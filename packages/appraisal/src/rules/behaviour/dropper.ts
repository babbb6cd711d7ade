import { CALLS, ownCalls } from '../../call-groups.ts';
import { callsWithString } from '../../call-with-string.ts';
import { atCall, atString, inFile } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { executableOf } from '../../magic.ts';
import { hit, type Rule } from '../../rule.ts';
import type { RuleContext } from '../../rule-context.ts';

/** The package carries code among its data, and its own code loads code or installs packages. Native programs do not count: they are run, not loaded. */
export const dropper: Rule = {
  id: 'android.behaviour.dropper',
  version: 2,
  title: 'The app carries another app or code inside, and has the means to start it',
  why: 'Droppers hide what does the harm in a harmless-looking package and start it on the phone, past the checks of the store. Shops, samples and apps with plug-ins carry packages too.',
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
      ...installRequests(ctx)
        .filter(({ call }) => libraryOf(call.class) === null)
        .map(({ string }) => atString(string, 'asks the system to install a package')),
    ];
    if (means.length === 0) return null;
    return hit([
      ...inside.map(({ entry }) => inFile(entry.path, 'code among the data', { offset: entry.offset })),
      ...means,
    ]);
  },
};

/** Intents that open the installer: the action for it, or a file of the type of packages. A type that is merely named does not count. */
function installRequests(ctx: RuleContext): ReturnType<typeof callsWithString> {
  const intent = 'android.content.Intent';
  return callsWithString(
    ctx,
    [
      { class: intent, name: '<init>' },
      { class: intent, name: 'setAction' },
      { class: intent, name: 'setType' },
      { class: intent, name: 'setDataAndType' },
    ],
    (value) => value === 'application/vnd.android.package-archive' || value === 'android.intent.action.INSTALL_PACKAGE',
  );
}
