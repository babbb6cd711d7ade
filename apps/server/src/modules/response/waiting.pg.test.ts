import { beforeEach, describe, expect, it } from 'vitest';
import {
  acme,
  actions,
  agent,
  anAction,
  enrol,
  hook,
  LOCK,
  later,
  lock,
  mail,
  report,
  send,
  settle,
  setUpMail,
  setUpWebhook,
  states,
  usePipeline,
  usePolicy,
} from './pipeline.fixture.ts';

usePipeline();

describe('waiting', () => {
  beforeEach(async () => {
    await enrol();
  });

  it('starts an action when the rule has fired for long enough, not before', async () => {
    await setUpWebhook();
    await usePolicy({ ...LOCK, actions: [anAction({ waitMinutes: 30 })] });
    await report(lock('NONE'));
    await send();
    expect(await states()).toEqual(['waiting']);
    later(29);
    await settle();
    await send();
    expect(hook.received).toHaveLength(0);
    later(1);
    await settle();
    await send();
    expect(await states()).toEqual(['in-force']);
  });

  it('never sends what ended while it waited', async () => {
    await setUpWebhook();
    await usePolicy({ ...LOCK, actions: [anAction({ waitMinutes: 30 })] });
    await report(lock('NONE'));
    later(10);
    await report(lock('PIN'));
    later(60);
    await settle();
    await send();
    expect(await states()).toEqual(['cancelled']);
    expect(hook.received).toHaveLength(0);
  });

  it('waits for a connector, says so, and starts when it is set up', async () => {
    await usePolicy(LOCK);
    await report(lock('NONE'));
    await send();
    expect(await actions()).toMatchObject([{ state: 'waiting', lastDetail: 'the webhook connector is not set up' }]);
    await setUpWebhook();
    await settle();
    await send();
    expect(await states()).toEqual(['in-force']);
  });

  it('waits for somebody to write to', async () => {
    await setUpMail();
    await usePolicy({
      ...LOCK,
      actions: [anAction({ id: 'tell', connector: 'email', audience: 'user', effect: 'notify' })],
    });
    await report(lock('NONE'));
    expect(await actions()).toMatchObject([
      { state: 'waiting', lastDetail: 'the device has no owner with an e-mail address' },
    ]);
    await acme.admin.send('PATCH', `/devices/${agent.deviceId}`, { owner: 'ana@example.org' });
    await settle();
    await send();
    expect(mail.received).toMatchObject([{ recipients: ['ana@example.org'] }]);
  });

  it('keeps an undo until its connector is back', async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    await report(lock('NONE'));
    await send();
    await acme.admin.send('DELETE', '/connectors/webhook');
    await report(lock('PIN'));
    await send();
    expect(await states()).toEqual(['undo-pending']);
    await setUpWebhook();
    await settle();
    await send();
    expect(await states()).toEqual(['undone']);
  });
});
