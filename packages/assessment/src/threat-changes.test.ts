import type { Signal, SignalStatus } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appDrafts } from './app-threats.ts';
import type { AssessInput, LiveThreat } from './assess-input.ts';
import { aFinding, anApp, anAppraisal, anInput, anObservation, hoursAgo } from './assessment.fixture.ts';
import { deviceDrafts } from './device-threats.ts';
import { threatChanges, UNCONFIRMED_RULE } from './threat-changes.ts';

function lockSignal(status: SignalStatus, reason = 'No evidence.'): Signal {
  return {
    id: 'lock.screen',
    status,
    value: '',
    reason,
    source: null,
    trust: null,
    observedAt: null,
    ageSeconds: null,
  };
}
const LOCK = deviceDrafts([aFinding('device.lock.none')]);
const live = (drafts: typeof LOCK, state: LiveThreat['state'] = 'open'): LiveThreat[] =>
  drafts.map((draft) => ({ ...draft, state }));

describe('threatChanges', () => {
  it('opens, confirms and updates', () => {
    expect(threatChanges(LOCK, [lockSignal('bad')], anInput())).toMatchObject([
      { change: 'opened', key: 'device:lock.screen' },
    ]);
    expect(threatChanges(LOCK, [lockSignal('bad')], anInput({ liveThreats: live(LOCK) }))).toMatchObject([
      { change: 'unchanged' },
    ]);
    const worse = deviceDrafts([aFinding('device.lock.none', 'critical')]);
    expect(threatChanges(worse, [lockSignal('bad')], anInput({ liveThreats: live(LOCK) }))).toMatchObject([
      { change: 'updated', draft: { severity: 'critical' } },
    ]);
  });

  it('makes no news of the same evidence seen later, in other words or another order', () => {
    const seen = (observedAt: string, note: string) =>
      ({
        kind: 'observation',
        signal: 'k',
        source: 'adb',
        trust: 'os-reported',
        value: 'v',
        observedAt,
        note,
      }) as const;
    const other = { ...seen(hoursAgo(2), ''), value: 'w' };
    const before = deviceDrafts([
      aFinding('device.lock.none', 'high', { evidence: [seen(hoursAgo(9), 'old'), other] }),
    ]);
    const after = deviceDrafts([aFinding('device.lock.none', 'high', { evidence: [other, seen(hoursAgo(1), 'new')] })]);
    expect(threatChanges(after, [lockSignal('bad')], anInput({ liveThreats: live(before) }))).toMatchObject([
      { change: 'unchanged' },
    ]);
  });

  it('resolves when the signal is ok, and not when it is only unknown', () => {
    const liveThreats = live(LOCK);
    expect(threatChanges([], [lockSignal('ok')], anInput({ liveThreats }))).toEqual([
      { change: 'resolved', key: 'device:lock.screen', draft: null },
    ]);
    const [open] = threatChanges(
      [],
      [lockSignal('unknown', 'The evidence is 73 hours old.')],
      anInput({ liveThreats }),
    );
    expect(open).toMatchObject({
      change: 'updated',
      draft: { findings: [{ ruleId: 'device.lock.none' }, { ruleId: UNCONFIRMED_RULE, status: 'unknown' }] },
    });
    if (open?.draft == null) throw new Error('no draft');
    const again = threatChanges(
      [],
      [lockSignal('unknown', 'The evidence is 74 hours old.')],
      anInput({ liveThreats: live([open.draft]) }),
    );
    expect(again).toMatchObject([{ change: 'unchanged' }]);
    expect(threatChanges(LOCK, [lockSignal('bad')], anInput({ liveThreats: live([open.draft]) }))).toMatchObject([
      { change: 'updated', draft: { findings: [{ ruleId: 'device.lock.none' }] } },
    ]);
  });

  it('resolves a threat that belongs to no signal only on recent evidence', () => {
    const liveThreats = live(deviceDrafts([aFinding('device.contradiction')]));
    expect(threatChanges([], [], anInput({ liveThreats }))).toMatchObject([{ change: 'resolved' }]);
    expect(threatChanges([], [], anInput({ liveThreats, observations: [] }))).toMatchObject([{ change: 'updated' }]);
    const silent = { ...anInput().contact, lastReportAt: hoursAgo(100) };
    expect(threatChanges([], [], anInput({ liveThreats, contact: silent }))).toMatchObject([{ change: 'updated' }]);
  });

  it('keeps an ignored threat while it is there and resolves it when it is gone', () => {
    const liveThreats = live(LOCK, 'ignored');
    expect(threatChanges(LOCK, [lockSignal('bad')], anInput({ liveThreats }))).toMatchObject([{ change: 'unchanged' }]);
    expect(threatChanges([], [lockSignal('ok')], anInput({ liveThreats }))).toMatchObject([{ change: 'resolved' }]);
  });
});

// --- random histories of one device -------------------------------------------------------------------------------------

const BAD = 'a'.repeat(64);
const GOOD = 'b'.repeat(64);
const NEW = 'c'.repeat(64);
const appraisals = new Map([
  [BAD, anAppraisal(BAD, { verdict: 'malicious', malice: 90 })],
  [GOOD, anAppraisal(GOOD)],
]);
interface Step {
  readonly lock: SignalStatus;
  readonly app: 'absent' | 'bad' | 'good' | 'new' | 'nameless';
  readonly complete: boolean;
}
const step: fc.Arbitrary<Step> = fc.record({
  lock: fc.constantFrom('ok' as const, 'bad' as const, 'unknown' as const),
  app: fc.constantFrom('absent' as const, 'bad' as const, 'good' as const, 'new' as const, 'nameless' as const),
  complete: fc.boolean(),
});
const BUILDS = { bad: BAD, good: GOOD, new: NEW, nameless: null } as const;

function inputOf({ app, complete }: Step, liveThreats: readonly LiveThreat[]): AssessInput {
  const apps = app === 'absent' ? [] : [anApp('app', BUILDS[app])];
  return anInput({ apps, appsComplete: complete, appraisals, liveThreats, observations: [anObservation('k', 'v')] });
}

function advance(liveThreats: readonly LiveThreat[], one: Step): LiveThreat[] {
  const input = inputOf(one, liveThreats);
  const drafts = [...(one.lock === 'bad' ? LOCK : []), ...appDrafts(input)];
  const changes = threatChanges(drafts, [lockSignal(one.lock)], input);
  expect(new Set(changes.map((change) => change.key)).size).toBe(changes.length);
  const states = new Map(liveThreats.map((threat) => [threat.key, threat.state]));
  return changes.flatMap(({ change, key, draft }) => {
    if (change === 'resolved' || draft === null) return [];
    return [{ ...draft, state: states.get(key) ?? ('open' as const) }];
  });
}

describe('over any history of evidence', () => {
  it('a threat is live exactly from bad evidence until good evidence', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let threats: LiveThreat[] = [];
        let lockBad = false;
        let appBad = false;
        for (const one of steps) {
          threats = advance(threats, one);
          if (one.lock !== 'unknown') lockBad = one.lock === 'bad';
          if (one.app === 'bad') appBad = true;
          else if (one.app === 'good' || (one.app === 'absent' && one.complete)) appBad = false;
          const keys = threats.map((threat) => threat.key);
          expect(keys.includes('device:lock.screen')).toBe(lockBad);
          expect(keys.includes('app:app')).toBe(appBad);
        }
      }),
    );
  });

  it('the same evidence twice changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), step, (steps, last) => {
        let threats: LiveThreat[] = [];
        for (const one of [...steps, last]) threats = advance(threats, one);
        const input = inputOf(last, threats);
        const drafts = [...(last.lock === 'bad' ? LOCK : []), ...appDrafts(input)];
        const changes = threatChanges(drafts, [lockSignal(last.lock)], input);
        expect(changes.every((change) => change.change === 'unchanged')).toBe(true);
      }),
    );
  });
});
