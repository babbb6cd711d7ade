import { boundServiceRule } from '../../bound-service-rule.ts';

export const inputMethod = boundServiceRule({
  name: 'input-method',
  title: 'The app offers a keyboard',
  why: 'A keyboard sees all that is typed, passwords included.',
  guard: 'BIND_INPUT_METHOD',
  note: 'receives all typed text',
  severity: 'low',
  malice: { base: 2 },
  dataRisk: { base: 5 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1417.001'] },
  remedy: 'Choose keyboards the company knows; forbid others on managed phones.',
});
