import { besides, CALLS, ownCalls } from '../../call-groups.ts';
import { atCall } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** One class talks to the network and loads a DEX file. Apps with plug-ins do so too, so this never makes a verdict alone. */
export const downloadsCode: Rule = {
  id: 'android.behaviour.downloads-code',
  version: 1,
  title: 'One class talks to the network and loads code',
  why: 'Code that is fetched can be anything, and something else tomorrow. Stores forbid it.',
  remedy: 'Ship all code in the package; have the app explained before it is allowed.',
  severity: 'high',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 14 },
  dataRisk: { base: 8 },
  classes: ['dropper'],
  mappings: { masvs: ['MASVS-CODE-4'], attack: ['T1407', 'T1544'], cwe: ['CWE-494'] },
  run(_image, ctx) {
    const loads = ownCalls(ctx, CALLS.loadsCode);
    const fetches = ownCalls(ctx, CALLS.network);
    const together = besides(loads, fetches);
    if (together.length === 0) return null;
    return hit([
      ...together.map((call) => atCall(call, 'loads code')),
      ...besides(fetches, loads).map((call) => atCall(call, 'talks to the network, in the same class')),
    ]);
  },
};
