import { SIGNAL_IDS } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import { anEvent, anInput, anObservation, hoursAgo } from './assessment.fixture.ts';

const lock = (kind: string, hours = 1) =>
  anObservation('lock.credential', kind, { observedAt: hoursAgo(hours), collectedAt: hoursAgo(hours) });

describe('assess', () => {
  it('judges every signal and opens the threat of a bad one', () => {
    const { signals, drafts, changes } = assess(anInput({ observations: [lock('NONE')] }));
    expect(signals.map((signal) => signal.id)).toEqual(SIGNAL_IDS);
    expect(drafts).toMatchObject([{ key: 'device:lock.screen', type: 'no-screen-lock', severity: 'high' }]);
    expect(changes).toMatchObject([{ change: 'opened' }]);
  });

  it('resolves it when the lock is set, keeps it while the evidence is stale', () => {
    const { drafts } = assess(anInput({ observations: [lock('NONE')] }));
    const liveThreats = drafts.map((draft) => ({ ...draft, state: 'open' as const }));
    expect(assess(anInput({ observations: [lock('PIN')], liveThreats })).changes).toMatchObject([
      { change: 'resolved' },
    ]);
    expect(assess(anInput({ observations: [lock('NONE', 100)], liveThreats })).changes).toMatchObject([
      { change: 'updated', draft: { key: 'device:lock.screen' } },
    ]);
  });

  it('fills the signals only the server knows', () => {
    const contact = { ...anInput().contact, lastReportAt: hoursAgo(30), refusals: 1 };
    const { signals, drafts } = assess(anInput({ contact }));
    const statusOf = (id: string) => signals.find((signal) => signal.id === id)?.status;
    expect(statusOf('agent.contact')).toBe('bad');
    expect(statusOf('agent.reports')).toBe('bad');
    expect(statusOf('apps.appraised')).toBe('unknown');
    expect(drafts.map((draft) => draft.type)).toEqual(expect.arrayContaining(['silent-device', 'report-anomaly']));
  });

  it('shows a missed report at once and makes a threat of silence only after a day', () => {
    const contact = { ...anInput().contact, lastReportAt: hoursAgo(8) };
    const { signals, drafts } = assess(anInput({ contact }));
    expect(signals.find((signal) => signal.id === 'agent.contact')?.status).toBe('bad');
    expect(drafts).toEqual([]);
  });

  it('has one threat per attack on a network, and none beside it for the device', () => {
    const { drafts, signals } = assess(anInput({ events: [anEvent('network.tls-interception', hoursAgo(2))] }));
    expect(drafts.map((draft) => draft.key)).toEqual(['network:tls-interception:cafe']);
    expect(signals.find((signal) => signal.id === 'network.tampering')?.status).toBe('bad');
  });

  it('takes a later clean probe as the end of the attack', () => {
    const probe = anObservation('network.probe', 'clean', { observedAt: hoursAgo(1), collectedAt: hoursAgo(1) });
    const { drafts, signals } = assess(
      anInput({ events: [anEvent('network.tls-interception', hoursAgo(2))], observations: [probe] }),
    );
    expect(drafts).toEqual([]);
    expect(signals.find((signal) => signal.id === 'network.tampering')?.status).toBe('ok');
  });

  it('keeps an attack that the newest probe still sees beyond the quiet day', () => {
    const probe = anObservation('network.probe', 'tampered', { observedAt: hoursAgo(1), collectedAt: hoursAgo(1) });
    const { drafts } = assess(
      anInput({ events: [anEvent('network.tls-interception', hoursAgo(40))], observations: [probe] }),
    );
    expect(drafts.map((draft) => draft.key)).toEqual(['network:tls-interception:cafe']);
  });
});
