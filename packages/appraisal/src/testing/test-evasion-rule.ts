import type { Rule } from '../rule.ts';
import { testRule } from './test-rule.ts';

export interface EvasionFixture {
  /** One instruction for each kind of thing that the rule looks for. */
  readonly probes: readonly string[];
  /** What a piece of evidence must mention. */
  readonly shows: string;
  /** How many of `probes`, from the first on, are one kind too few. */
  readonly tooFew: number;
}

/** Tests a rule on things that must stand in one class of the app: there they are found, apart from each other or in a library they are not. */
export function testEvasionRule(rule: Rule, { probes, shows, tooFew }: EvasionFixture): void {
  testRule(rule, {
    bad: {
      'all in one class': { code: [inClass('com.example.app.A', probes)], shows },
      'some of it in an inner class': {
        code: [inClass('com.example.app.A', probes.slice(0, 1)), inClass('com.example.app.A$1', probes.slice(1))],
      },
    },
    good: {
      'one kind too few': { code: [inClass('com.example.app.A', probes.slice(0, tooFew))] },
      'in classes that have nothing to do with each other': {
        code: probes.map((instruction, index) => inClass(`com.example.app.C${index}`, [instruction])),
      },
      'in a known library': { code: [inClass('androidx.work.A', probes)] },
    },
  });
}

function inClass(name: string, instructions: readonly string[]) {
  return { name, methods: { 'run()V': instructions } };
}
