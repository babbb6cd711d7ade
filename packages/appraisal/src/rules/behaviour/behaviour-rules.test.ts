import type { FakeApp } from '../../testing/fake-app.ts';
import { testRule } from '../../testing/test-rule.ts';
import type { Probe } from '../evasion/evasion-rule.ts';
import { type BehaviourRow, behaviourRule } from './behaviour-rule.ts';
import { BEHAVIOUR_ROWS } from './behaviour-rules.ts';

/** Instructions that the probe looks for, as few as it asks for. */
function instructionsOf({ calls: [call] = [], strings = [], pattern, least = 1 }: Probe): readonly string[] {
  if (call !== undefined) return [`call ${call.class ?? 'com.example.Any'}.${call.name}${call.descriptor ?? '()V'}`];
  return [...strings, ...(pattern?.samples ?? [])].slice(0, least).map((text) => `string ${text}`);
}

const codeOf = (groups: readonly (readonly Probe[])[]): NonNullable<FakeApp['code']> =>
  groups.map((parts, index) => ({
    name: `com.example.app.Part${index}`,
    methods: { 'run()V': parts.flatMap(instructionsOf) },
  }));

function manifestOf({ asks = [], asksOneOf = [], guard, handles }: BehaviourRow): NonNullable<FakeApp['manifest']> {
  const permissions = [...asks, ...asksOneOf.slice(0, 1)].map((name) => `android.permission.${name}`);
  const components: NonNullable<NonNullable<FakeApp['manifest']>['components']>[number][] = [];
  const name = 'com.example.app.Part0';
  if (guard !== undefined) {
    components.push({ kind: 'service', name, exported: true, permission: `android.permission.${guard}` });
  }
  if (handles !== undefined) {
    components.push({ kind: 'receiver', name, exported: true, actions: handles.slice(0, 1) });
  }
  return { permissions, components };
}

for (const row of BEHAVIOUR_ROWS) {
  const { asks = [], asksOneOf = [], guard, handles, near = 'calls', parts } = row;
  const manifest = manifestOf(row);
  const code = codeOf([parts]);
  const apart = codeOf(parts.map((part) => [part]));
  const hasPowers = asks.length + asksOneOf.length > 0 || guard !== undefined || handles !== undefined;
  const shows = 'com.example.app.Part0';
  testRule(behaviourRule(row), {
    bad: {
      'all parts in one class': { manifest, code, shows },
      ...(near === 'app' ? { 'parts in different classes': { manifest, code: apart, shows } } : {}),
    },
    good: {
      ...(near !== 'app' && parts.length > 1 ? { 'parts in different classes': { manifest, code: apart } } : {}),
      ...Object.fromEntries(
        parts.map((part) => [
          `without what ${part.note}`,
          { manifest, code: codeOf([parts.filter((other) => other !== part)]) },
        ]),
      ),
      ...Object.fromEntries(
        parts
          .filter(({ least = 1 }) => least > 1)
          .map((part) => [
            `with too few of what ${part.note}`,
            {
              manifest,
              code: codeOf([
                parts.map((other) => (other === part ? { ...part, least: (part.least ?? 1) - 1 } : other)),
              ]),
            },
          ]),
      ),
      ...(hasPowers ? { 'code without the powers': { manifest: {}, code } } : {}),
    },
  });
}
