import type { FakeApp } from '../../testing/fake-app.ts';
import { testRule } from '../../testing/test-rule.ts';
import type { Probe } from '../evasion/evasion-rule.ts';
import { BEHAVIOUR_ROWS } from './behaviour-rows.ts';
import { type BehaviourRow, behaviourRule } from './behaviour-rule.ts';

/** One instruction that the probe looks for. */
function instructionOf({ calls: [call] = [], strings: [string] = [] }: Probe): string {
  return call === undefined ? `string ${string}` : `call ${call.class}.${call.name}()V`;
}

const codeOf = (groups: readonly (readonly Probe[])[]): NonNullable<FakeApp['code']> =>
  groups.map((parts, index) => ({
    name: `com.example.app.Part${index}`,
    methods: { 'run()V': parts.map(instructionOf) },
  }));

function manifestOf({ asks = [], guard }: BehaviourRow): NonNullable<FakeApp['manifest']> {
  const permissions = asks.map((name) => `android.permission.${name}`);
  if (guard === undefined) return { permissions };
  const permission = `android.permission.${guard}`;
  return { permissions, components: [{ kind: 'service', name: 'com.example.app.Part0', exported: true, permission }] };
}

for (const row of BEHAVIOUR_ROWS) {
  const manifest = manifestOf(row);
  const code = codeOf([row.parts]);
  const hasPowers = (row.asks ?? []).length > 0 || row.guard !== undefined;
  testRule(behaviourRule(row), {
    bad: { 'all parts in one class': { manifest, code, shows: 'com.example.app.Part0' } },
    good: {
      'parts in different classes': { manifest, code: codeOf(row.parts.map((part) => [part])) },
      ...Object.fromEntries(
        row.parts.map((part) => [
          `without what ${part.note}`,
          { manifest, code: codeOf([row.parts.filter((other) => other !== part)]) },
        ]),
      ),
      ...(hasPowers ? { 'code without the powers': { manifest: {}, code } } : {}),
    },
  });
}
