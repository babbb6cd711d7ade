import type { EmailSettings } from '@vedette/contracts';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { aDelivery } from '../delivery.fixture.ts';
import { createEmailConnector } from './create-email-connector.ts';
import { selfSignedCertificate } from './self-signed.fixture.ts';

const { certificate, key } = selfSignedCertificate();
const relays: SMTPServer[] = [];

interface Mail {
  readonly secure: boolean;
  readonly user: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

interface RelayOptions {
  readonly tls?: boolean;
  readonly refuse?: { at: 'recipient' | 'data'; status: number };
}

/** A real SMTP server on loopback that keeps what it got. */
async function relay({ tls = true, refuse }: RelayOptions = {}) {
  const mails: Mail[] = [];
  const failure = () => Object.assign(new Error('no'), { responseCode: refuse?.status ?? 550 });
  const server = new SMTPServer({
    ...(tls ? { cert: certificate, key } : {}),
    disabledCommands: tls ? [] : ['STARTTLS', 'AUTH'],
    authOptional: true,
    logger: false,
    onAuth: (auth, _session, done) => {
      if (auth.password === 'right') done(null, { user: auth.username ?? '' });
      else done(Object.assign(new Error('Invalid login'), { responseCode: 535 }));
    },
    onRcptTo: (_address, _session, done) => done(refuse?.at === 'recipient' ? failure() : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refuse?.at === 'data') {
          done(failure());
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : null,
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((one) => one.address),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        done(null, 'kept');
      });
    },
  });
  server.on('error', () => {});
  relays.push(server);
  const port = await new Promise<number>((done) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return { mails, port };
}

afterEach(async () => {
  for (const server of relays.splice(0)) await new Promise<void>((done) => server.close(() => done()));
});

function settings(port: number, more: Partial<EmailSettings> = {}): EmailSettings {
  return {
    host: 'localhost',
    port,
    security: 'starttls',
    username: null,
    password: null,
    from: 'vedette@example.org',
    adminRecipients: ['admin@example.org', 'second@example.org'],
    ...more,
  };
}
const signal = new AbortController().signal;
function header(raw: string, name: string): string {
  const unfolded = raw.split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
  return (
    unfolded
      .split('\r\n')
      .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  );
}

describe('the e-mail connector', () => {
  it('tells the administrators over STARTTLS, with a plain subject', async () => {
    const { mails, port } = await relay();
    const outcome = await createEmailConnector(settings(port), { ca: certificate }).deliver(aDelivery(), signal);
    expect(outcome).toMatchObject({ outcome: 'delivered' });
    const [mail] = mails;
    expect(mail).toMatchObject({
      secure: true,
      from: 'vedette@example.org',
      to: ['admin@example.org', 'second@example.org'],
    });
    expect(header(mail?.raw ?? '', 'Subject')).toBe('Vedette: Pixel 8 (Ana) is not compliant: Screen lock is off');
    expect(header(mail?.raw ?? '', 'Auto-Submitted')).toBe('auto-generated');
    expect(mail?.raw).toContain('Set a PIN in Settings.');
    expect(mail?.raw).toContain('text/html');
  });

  it('signs in, and takes a wrong password as final', async () => {
    const { mails, port } = await relay();
    const withPassword = (password: string) =>
      createEmailConnector(settings(port, { username: 'bot', password }), { ca: certificate }).deliver(
        aDelivery(),
        signal,
      );
    expect(await withPassword('right')).toMatchObject({ outcome: 'delivered' });
    expect(mails[0]?.user).toBe('bot');
    expect(await withPassword('wrong')).toMatchObject({ outcome: 'rejected' });
  });

  it('is the same message on a retry, and answers it when undone', async () => {
    const { mails, port } = await relay();
    const email = createEmailConnector(settings(port), { ca: certificate });
    await email.deliver(aDelivery(), signal);
    await email.deliver(aDelivery(), signal);
    const undo = aDelivery({
      phase: 'undo',
      idempotencyKey: aDelivery().idempotencyKey.replace(':do', ':undo'),
      decision: { riskLevel: 'none', compliance: 'compliant' },
    });
    await email.deliver(undo, signal);
    const ids = mails.map((mail) => header(mail.raw, 'Message-ID'));
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(header(mails[2]?.raw ?? '', 'In-Reply-To')).toBe(ids[0]);
    expect(header(mails[2]?.raw ?? '', 'Subject')).toBe(
      'Vedette: Pixel 8 (Ana) is fine again: solved: Screen lock is off',
    );
  });

  it('does not say fine again while the device is still not compliant', async () => {
    const { mails, port } = await relay();
    await createEmailConnector(settings(port), { ca: certificate }).deliver(aDelivery({ phase: 'undo' }), signal);
    expect(header(mails[0]?.raw ?? '', 'Subject')).toBe('Vedette: Pixel 8 (Ana): solved: Screen lock is off');
  });

  it('lets no device name make a header or a recipient', async () => {
    const { mails, port } = await relay();
    const name = 'Pixel\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>';
    const delivery = aDelivery({
      device: { ...aDelivery().device, name, owner: 'a@b.example\r\nCc: victim@example.com' },
    });
    await createEmailConnector(settings(port), { ca: certificate }).deliver(delivery, signal);
    const [mail] = mails;
    expect(mail?.to).toEqual(['admin@example.org', 'second@example.org']);
    expect(header(mail?.raw ?? '', 'Bcc')).toBe('');
    expect(header(mail?.raw ?? '', 'Cc')).toBe('');
    expect(mail?.raw.split('text/html')[1]).not.toContain('<script>');
  });

  it('writes to the person only where the owner is an e-mail address', async () => {
    const { mails, port } = await relay();
    const email = createEmailConnector(settings(port), { ca: certificate });
    expect(await email.deliver(aDelivery({ audience: 'user' }), signal)).toMatchObject({
      outcome: 'rejected',
      detail: expect.stringContaining('owner'),
    });
    const owned = aDelivery({ audience: 'user', device: { ...aDelivery().device, owner: 'ana@example.org' } });
    expect(await email.deliver(owned, signal)).toMatchObject({ outcome: 'delivered' });
    expect(mails.map((mail) => mail.to)).toEqual([['ana@example.org']]);
  });

  it('never falls back to plain text when TLS is asked for', async () => {
    const { mails, port } = await relay({ tls: false });
    expect(await createEmailConnector(settings(port)).deliver(aDelivery(), signal)).toMatchObject({
      outcome: 'rejected',
    });
    expect(mails).toHaveLength(0);
  });

  it('does not trust a certificate it does not know', async () => {
    const { mails, port } = await relay();
    expect(await createEmailConnector(settings(port)).deliver(aDelivery(), signal)).toMatchObject({
      outcome: 'retry',
      detail: expect.stringMatching(/certificate|self-signed/i),
    });
    expect(mails).toHaveLength(0);
  });

  it('goes without TLS only to this machine', async () => {
    const { mails, port } = await relay({ tls: false });
    expect(
      await createEmailConnector(settings(port, { security: 'none', host: '127.0.0.1' })).deliver(aDelivery(), signal),
    ).toMatchObject({ outcome: 'delivered' });
    expect(
      await createEmailConnector(settings(port, { security: 'none', host: 'relay.example' })).deliver(
        aDelivery(),
        signal,
      ),
    ).toMatchObject({ outcome: 'rejected' });
    expect(mails).toHaveLength(1);
  });

  it.each([
    ['recipient', 550, 'rejected'],
    ['recipient', 450, 'retry'],
    ['data', 554, 'rejected'],
    ['data', 451, 'retry'],
  ] as const)('takes a refusal of the %s with %i as %s', async (at, status, outcome) => {
    const { port } = await relay({ refuse: { at, status } });
    expect(await createEmailConnector(settings(port), { ca: certificate }).deliver(aDelivery(), signal)).toMatchObject({
      outcome,
    });
  });

  it('tries again later when nobody listens', async () => {
    const { port } = await relay();
    const [server] = relays.splice(0);
    await new Promise<void>((done) => server?.close(() => done()));
    expect(await createEmailConnector(settings(port)).deliver(aDelivery(), signal)).toMatchObject({ outcome: 'retry' });
  });

  it('sends a test that says it is one', async () => {
    const { mails, port } = await relay();
    const message = {
      idempotencyKey: 'test:1',
      organisation: 'Example',
      at: '2026-11-22T12:00:00.000Z',
      link: 'https://v.example',
    };
    expect(await createEmailConnector(settings(port), { ca: certificate }).sendTest(message, signal)).toMatchObject({
      outcome: 'delivered',
    });
    expect(header(mails[0]?.raw ?? '', 'Subject')).toContain('test message');
  });
});
