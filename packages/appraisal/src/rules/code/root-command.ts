import { callsWithString } from '../../call-with-string.ts';
import { atString } from '../../evidence.ts';
import { methodKey } from '../../method-key.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * A process started with `su`. Looking for the file with `which su`, as root checks of banks do, is not running it: methods that load
 * the string `which` are left out.
 */
export const rootCommand: Rule = {
  id: 'android.code.root-command',
  version: 2,
  title: 'The app runs commands as root',
  why: 'On a rooted phone it stands above every protection: it can read the data of other apps and change the system.',
  remedy: 'Allow it on no phone that holds company data.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 12, inLibrary: 6 },
  dataRisk: { base: 10, inLibrary: 5 },
  classes: ['root-enabler'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1404', 'T1623.001'], cwe: ['CWE-250'] },
  run(_image, ctx) {
    const found = callsWithString(
      ctx,
      [
        { class: 'java.lang.Runtime', name: 'exec' },
        { class: 'java.lang.ProcessBuilder', name: '<init>' },
        { class: 'java.lang.ProcessBuilder', name: 'command' },
      ],
      (value) => /^(?:\/system\/s?x?bin\/|\/sbin\/)?su(?:$|\s)/.test(value),
    );
    if (found.length === 0) return null;
    const looking = new Set(ctx.stringLoads((value) => /(?:^|\/)which(?:$|\s)/.test(value)).map(methodKey));
    return hit(
      found
        .filter(({ call }) => !looking.has(methodKey(call)))
        .map(({ string }) => atString(string, 'started as a process right after')),
    );
  },
};
