import { ThreatDetail } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { sweepDevices } from '../assessment/worker.ts';
import { anInstalledApp } from '../ingest/agent.fixture.ts';
import {
  acme,
  agent,
  anAction,
  device,
  enrol,
  hook,
  LOCK,
  later,
  lock,
  mail,
  pass,
  report,
  send,
  server,
  settle,
  setUpMail,
  setUpWebhook,
  states,
  usePipeline,
  usePolicy,
} from './pipeline.fixture.ts';

usePipeline();

describe('from report to action and back', () => {
  it('blocks a device without a lock, tells why, and takes it back when the lock is set', async () => {
    await setUpWebhook();
    await setUpMail();
    await usePolicy({ ...LOCK, actions: [anAction(), anAction({ id: 'tell', connector: 'email', effect: 'notify' })] });
    await enrol();
    expect((await report(lock('NONE'))).standing).toMatchObject({ compliance: 'unknown' });
    expect(await device()).toMatchObject({
      compliance: 'non-compliant',
      riskLevel: 'high',
      openThreats: 1,
      topThreat: 'Screen lock is off',
    });
    expect(await states()).toEqual(['pending', 'pending']);
    await send();
    expect(await states()).toEqual(['in-force', 'in-force']);
    const [threat] = (await device()).threats;
    expect(hook.accepted).toMatchObject([
      {
        verified: true,
        json: {
          type: 'vedette.action',
          data: {
            phase: 'do',
            effect: 'block-access',
            organisation: 'Acme',
            rule: { id: LOCK.id, userText: 'Set a PIN.' },
            threats: [{ id: threat?.id }],
          },
        },
      },
    ]);
    expect(mail.received.map((one) => one.subject)).toEqual([
      'Vedette: Ana’s Pixel is not compliant: Screen lock is off',
    ]);

    later(5);
    const told = await report(lock('PIN'));
    expect(told.standing).toMatchObject({
      compliance: 'non-compliant',
      reasons: [{ title: LOCK.title, remedy: 'Set a PIN.' }],
    });
    expect(await device()).toMatchObject({
      compliance: 'compliant',
      riskLevel: 'none',
      openThreats: 0,
      threats: [{ state: 'resolved' }],
    });
    await send();
    expect(await states()).toEqual(['undone', 'undone']);
    expect(hook.accepted[1]?.json).toMatchObject({
      data: { phase: 'undo', decision: { compliance: 'compliant' }, threats: [{ id: threat?.id }] },
    });
    expect(mail.received[1]?.subject).toBe('Vedette: Ana’s Pixel is fine again: solved: Screen lock is off');
    const history = (await acme.viewer.get(`/threats/${threat?.id}`, ThreatDetail)).history;
    expect(history.map((one) => one.change)).toEqual(['opened', 'resolved']);

    later(5);
    await report(lock('NONE'));
    await send();
    expect(hook.accepted.map((one) => one.id)).toHaveLength(3);
    expect(await states()).toEqual(['in-force', 'in-force', 'undone', 'undone']);
  });

  it('keeps a device blocked that falls silent or stops saying, and unblocks it when its threat is ignored', async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    await enrol();
    await report(lock('NONE'));
    await send();
    await pass(80);
    expect(await sweepDevices(server.context)).toBe(1);
    await settle();
    await send();
    expect(await states()).toEqual(['in-force']);
    expect(await device()).toMatchObject({ compliance: 'non-compliant' });
    await report({ observations: [] });
    await send();
    expect(await states()).toEqual(['in-force']);
    const threat = (await device()).threats.find((one) => one.type === 'no-screen-lock');
    expect(threat?.state).toBe('open');
    await acme.admin.send('POST', `/threats/${threat?.id}/ignore`, { reason: 'kiosk' });
    await settle();
    await send();
    expect(await states()).toEqual(['undone']);
  });

  it('takes everything back when the device is retired', async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    await enrol();
    await report(lock('NONE'));
    await send();
    await acme.admin.send('POST', `/devices/${agent.deviceId}/retire`);
    await settle();
    await send();
    expect(await states()).toEqual(['undone']);
    expect((await device()).threats.map((threat) => threat.state)).toEqual(['resolved']);
  });

  it('finds a malicious app by its build, and its removal', async () => {
    const sha256 = 'a'.repeat(64);
    await server.database.store.withTenant(acme.tenantId, (tx) =>
      tx
        .insertInto('appraisals')
        .values({
          tenant_id: acme.tenantId,
          sha256,
          platform: 'android',
          package: 'com.bad',
          label: 'Bad',
          version_name: '1',
          version_code: 1,
          verdict: 'malicious',
          malice: 90,
          data_risk: 10,
          report: JSON.stringify({ findings: [] }),
          appraised_at: server.now,
        })
        .execute(),
    );
    await usePolicy({ ...LOCK, id: 'bad-app', when: 'threats.exists(t, t.type == "malicious-app")', actions: [] });
    await enrol();
    await report({ apps: [anInstalledApp('com.bad', { sha256 })] });
    expect(await device()).toMatchObject({
      compliance: 'non-compliant',
      threats: [{ kind: 'app', subject: 'com.bad', severity: 'critical', state: 'open' }],
      decision: { fired: [{ because: ['app:com.bad'] }] },
    });
    await report({ apps: [], appsComplete: false });
    expect(await device()).toMatchObject({ compliance: 'non-compliant', threats: [{ state: 'open' }] });
    await report({ apps: [], appsComplete: true });
    expect(await device()).toMatchObject({ compliance: 'compliant', threats: [{ state: 'resolved' }] });
  });

  it('tells of reports that were copied', async () => {
    await usePolicy(LOCK);
    await enrol();
    await report(lock('PIN'));
    await agent.send({ ...agent.full(), sequence: 1 });
    await report({ ...lock('PIN'), sequence: 7 });
    expect((await device()).threats).toMatchObject([{ type: 'report-anomaly', severity: 'medium' }]);
  });
});
