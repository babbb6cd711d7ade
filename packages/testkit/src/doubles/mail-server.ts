import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { awaitCondition } from './webhook-receiver.ts';

/** One message as it was delivered. */
export interface ReceivedMail {
  /** With angle brackets, as in the header; null when the sender gave none. */
  readonly messageId: string | null;
  readonly from: string;
  /** Envelope recipients (RFC 5321 RCPT TO), not the header's. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly secure: boolean;
  readonly user: string | null;
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Answers the next `times` messages with a temporary failure (451), or with a permanent one (550). */
  failNext(times: number, kind?: 'temporary' | 'permanent'): void;
  /** Resolves when `count` messages have arrived in all; rejects after `timeoutMs`. */
  waitFor(count: number, timeoutMs?: number): Promise<readonly ReceivedMail[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface MailServerOptions {
  /** Demands this sign-in (AUTH PLAIN or LOGIN); without it anyone may send. */
  readonly account?: { readonly user: string; readonly password: string };
  /** PEM key and certificate: offers STARTTLS, or speaks TLS from the start with `implicit`. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly implicit: boolean };
  readonly port?: number;
}

/** A real mail server on loopback that keeps what it is given. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { account, tls } = options;
  const received: ReceivedMail[] = [];
  const watchers = new Set<() => void>();
  let failures = { left: 0, code: 451 };

  const server = new SMTPServer({
    secure: tls?.implicit === true,
    ...(tls === undefined ? {} : { key: tls.key, cert: tls.cert }),
    disabledCommands: [...(tls === undefined ? ['STARTTLS'] : []), ...(account === undefined ? ['AUTH'] : [])],
    authOptional: account === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    size: 10 * 1024 * 1024,
    onAuth(auth, _session, done) {
      if (auth.username === account?.user && auth.password === account?.password)
        done(null, { user: auth.username ?? '' });
      else done(new Error('Wrong user name or password'));
    },
    onData(stream, session, done) {
      const failure = failures.left > 0 ? failures.code : null;
      if (failure !== null) failures.left -= 1;
      simpleParser(stream, (error: unknown, mail) => {
        if (error instanceof Error) done(error);
        else if (failure !== null) done(Object.assign(new Error('Told to fail'), { responseCode: failure }));
        else {
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          received.push(toReceived(mail, recipients, session.secure, session.user));
          done();
          for (const watcher of watchers) watcher();
        }
      });
    },
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    const listening = server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

  return {
    host: '127.0.0.1',
    port,
    received,
    failNext(times, kind = 'temporary') {
      failures = { left: times, code: kind === 'temporary' ? 451 : 550 };
    },
    waitFor: (count, timeoutMs = 10_000) =>
      awaitCondition(watchers, () => (received.length >= count ? received : null), {
        timeoutMs,
        failure: () => `${received.length} of ${count} messages have arrived`,
      }),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function toReceived(mail: ParsedMail, recipients: readonly string[], secure: boolean, user: unknown): ReceivedMail {
  return {
    messageId: mail.messageId ?? null,
    from: mail.from?.text ?? '',
    recipients,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html === false ? null : mail.html,
    secure,
    user: typeof user === 'string' ? user : null,
  };
}
