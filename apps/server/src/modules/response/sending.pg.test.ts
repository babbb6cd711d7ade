import { createServer } from 'node:http';
import { ActionList, ActionView } from '@vedette/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServerContext } from '../../context.ts';
import { enrolTestAgent } from '../ingest/agent.fixture.ts';
import {
  acme,
  actions,
  aDocument,
  enrol,
  hook,
  LOCK,
  later,
  lock,
  pass,
  report,
  send,
  server,
  settle,
  setUpWebhook,
  signal,
  states,
  usePipeline,
  usePolicy,
} from './pipeline.fixture.ts';
import { sendTest } from './send-test.ts';
import { sendDueActions, startResponseWorker } from './worker.ts';

usePipeline();

describe('sending', () => {
  beforeEach(async () => {
    await setUpWebhook();
    await usePolicy(LOCK);
    await enrol();
  });

  it('tries again later, with the same bytes under the same key', async () => {
    hook.failNext(2);
    await report(lock('NONE'));
    await send();
    expect(await actions()).toMatchObject([{ state: 'pending', attempts: 1, lastDetail: 'HTTP 503' }]);
    for (let round = 0; round < 3; round += 1) {
      later(1);
      await send();
    }
    expect(await actions()).toMatchObject([{ state: 'in-force', attempts: 3 }]);
    expect(new Set(hook.received.map((one) => `${one.id} ${one.body}`)).size).toBe(1);
    expect(hook.received).toHaveLength(3);
  });

  it('gives up in the end, and a person may retry', async () => {
    hook.failNext(1000);
    await report(lock('NONE'));
    for (let round = 0; round < 20; round += 1) {
      await send();
      await pass(2);
    }
    const [failed] = await actions();
    expect(failed).toMatchObject({ state: 'failed', attempts: 16 });
    hook.failNext(0);
    expect((await acme.viewer.send('POST', `/actions/${failed?.id}/retry`)).statusCode).toBe(403);
    expect(await acme.admin.post(`/actions/${failed?.id}/retry`, undefined, ActionView)).toMatchObject({
      state: 'pending',
    });
    await send();
    expect(await states()).toEqual(['in-force']);
    expect((await acme.admin.send('POST', `/actions/${failed?.id}/retry`)).statusCode).toBe(409);
    expect(new Set(hook.received.map((one) => one.body)).size).toBe(1);
  });

  it('does not take back what was refused at once', async () => {
    hook.failNext(1, 410);
    await report(lock('NONE'));
    await send();
    expect(await states()).toEqual(['failed']);
    await report(lock('PIN'));
    await send();
    expect(await states()).toEqual(['cancelled']);
    expect(hook.received).toHaveLength(1);
  });

  it('sends the same again after a crash between sending and recording', async () => {
    await report(lock('NONE'));
    let calls = 0;
    const dying: ServerContext = {
      ...server.context,
      store: {
        ...server.context.store,
        withTenant: (tenantId, fn) => {
          calls += 1;
          if (calls > 1) return Promise.reject(new Error('killed'));
          return server.context.store.withTenant(tenantId, fn);
        },
      },
    };
    await sendDueActions(dying, signal);
    expect(hook.received).toHaveLength(1);
    await send();
    expect(hook.received).toHaveLength(1);
    expect(await states()).toEqual(['pending']);
    later(2);
    await send();
    expect(await states()).toEqual(['in-force']);
    expect(hook.received).toHaveLength(2);
    expect(hook.accepted).toHaveLength(1);
    expect(new Set(hook.received.map((one) => one.body)).size).toBe(1);
  });

  it('undoes what may have left before it was known to be in force', async () => {
    hook.failNext(1);
    await report(lock('NONE'));
    await send();
    await report(lock('PIN'));
    await send();
    expect(await states()).toEqual(['undone']);
    expect(hook.accepted).toMatchObject([{ json: { data: { phase: 'undo' } } }]);
  });

  it('is done by one of many workers', async () => {
    await report(lock('NONE'));
    await Promise.all(Array.from({ length: 6 }, () => sendDueActions(server.context, signal)));
    expect(hook.received).toHaveLength(1);
  });

  it('lets no receiver that hangs hold up other organisations', async () => {
    const hanging = createServer(() => {});
    await new Promise<void>((done) => hanging.listen(0, '127.0.0.1', done));
    const address = hanging.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const other = await server.addOrganisation('Other');
    await other.admin.send('PUT', '/connectors/webhook', {
      url: `http://127.0.0.1:${port}/`,
      secret: hook.secret,
      allowPrivateAddress: true,
    });
    await other.admin.send('PUT', '/policy', { document: aDocument(LOCK), note: '', basedOn: 1 });
    for (let nth = 0; nth < 6; nth += 1) {
      const theirs = await enrolTestAgent(server, other);
      await theirs.send(theirs.full(lock('NONE')));
    }
    await settle();
    const outbox = await startResponseWorker(server.context);
    await report(lock('NONE'));
    await hook.waitForAccepted(1);
    await outbox[Symbol.asyncDispose]();
    hanging.closeAllConnections();
    await new Promise((done) => hanging.close(done));
    const { items } = await other.viewer.get('/actions', ActionList);
    expect(items.map((action) => action.state)).toEqual(Array(6).fill('pending'));
    expect(items.filter((action) => action.attempts === 1)).toHaveLength(4);
  });

  it('sends a test, and says when there is nothing to test', async () => {
    expect(await sendTest(server.context, acme.tenantId, 'webhook')).toEqual({ ok: true, detail: 'HTTP 204' });
    expect(hook.accepted).toMatchObject([{ json: { type: 'vedette.test' } }]);
    expect(await sendTest(server.context, acme.tenantId, 'email')).toMatchObject({ ok: false });
  });
});
