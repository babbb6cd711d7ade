import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from './mail-server.ts';

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server[Symbol.asyncDispose]());

/** Sends one message as plain SMTP (RFC 5321 appendix D) and answers the server's last reply code. */
function submit(lines: readonly string[]): Promise<string> {
  const steps = [
    'EHLO test',
    'MAIL FROM:<mtd@example.org>',
    'RCPT TO:<admin@example.org>',
    'DATA',
    [...lines, '.'].join('\r\n'),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, server.host);
    let buffer = '';
    socket.on('error', reject);
    socket.on('data', (data) => {
      buffer += data.toString();
      if (!/^\d{3} .*\r\n$/m.test(buffer)) return;
      const reply = buffer.trim().split('\r\n').at(-1) ?? '';
      buffer = '';
      const next = steps.shift();
      if (next !== undefined) socket.write(`${next}\r\n`);
      else {
        socket.end('QUIT\r\n');
        resolve(reply.slice(0, 3));
      }
    });
  });
}

const MESSAGE = [
  'From: mtd@example.org',
  'To: admin@example.org',
  'Message-ID: <one@vedette>',
  'Subject: Device rooted',
  '',
  'See the console.',
];

describe('startMailServer', () => {
  it('keeps what it is given, with the message id', async () => {
    expect(await submit(MESSAGE)).toBe('250');
    expect(await server.waitFor(1)).toMatchObject([
      {
        messageId: '<one@vedette>',
        recipients: ['admin@example.org'],
        subject: 'Device rooted',
        text: 'See the console.\n',
        secure: false,
      },
    ]);
  });

  it('fails as told, for a while or for good', async () => {
    server.failNext(1);
    expect(await submit(MESSAGE)).toBe('451');
    server.failNext(1, 'permanent');
    expect(await submit(MESSAGE)).toBe('550');
    expect(await submit(MESSAGE)).toBe('250');
    expect(server.received).toHaveLength(1);
  });

  it('says how many messages came when waiting was in vain', async () => {
    await expect(server.waitFor(1, 20)).rejects.toThrow('0 of 1 messages have arrived');
  });
});
