import { atString } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Commands that open the system partition for writing, or put set-user-id programs on it: mount(8), chmod(1). */
export const systemPartitionChange: Rule = {
  id: 'android.code.system-partition-change',
  version: 1,
  title: 'The app carries commands that change the system partition',
  why: 'What is put there survives a factory reset and runs with system powers. Tools for rooted phones have such commands, and so does malware that makes itself at home.',
  remedy: 'Allow it on no phone that holds company data.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 12, inLibrary: 5 },
  dataRisk: { base: 8, inLibrary: 4 },
  classes: ['root-enabler', 'riskware'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1625.001', 'T1645'], cwe: ['CWE-250'] },
  run(_image, ctx) {
    const sites = ctx.stringLoads((value) =>
      /\bmount\b[^\n]{0,40}\bremount\b[^\n]{0,60}\/(?:system|vendor)?\b|\bchmod\s+0?[46]7[0-7]{2}\s+\/system\b/.test(
        value.slice(0, 2_000),
      ),
    );
    return hit(sites.map((site) => atString(site, 'a command against the system partition')));
  },
};
