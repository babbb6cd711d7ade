import { isIP } from 'node:net';
import { type Delivery, type DeliveryOutcome, EmailSettings } from '@vedette/contracts';
import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import type { Connector } from '../connector.ts';
import { oneLine } from '../one-line.ts';
import { deliveryText, type EmailText, testText } from './email-text.ts';
import { messageId } from './message-id.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

export interface EmailDependencies {
  /** Certificates (PEM) to trust instead of the system's; for relays with a private authority. */
  readonly ca?: string;
  readonly connectTimeoutMs?: number;
  readonly socketTimeoutMs?: number;
}

function transportOptions(settings: EmailSettings, dependencies: EmailDependencies): SMTPTransport.Options {
  const connectTimeoutMs = dependencies.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.username === null ? {} : { auth: { user: settings.username, pass: settings.password ?? '' } }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: dependencies.socketTimeoutMs ?? SOCKET_TIMEOUT_MS,
    tls: {
      minVersion: 'TLSv1.2',
      ...(isIP(settings.host) === 0 ? { servername: settings.host } : {}),
      ...(dependencies.ca === undefined ? {} : { ca: dependencies.ca }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** RFC 5321 section 4.2.1: 4yz passes with time, 5yz does not. Whatever is not an answer of the server (no connection, TLS refused) is tried again. */
function failureOutcome(error: unknown): DeliveryOutcome {
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const detail = oneLine(message, 300);
  return typeof status === 'number' && status >= 500 ? { outcome: 'rejected', detail } : { outcome: 'retry', detail };
}

function recipientsOf(delivery: Delivery, settings: EmailSettings): readonly string[] {
  if (delivery.audience === 'admin') return settings.adminRecipients;
  const owner = EmailSettings.shape.from.safeParse(delivery.device.owner);
  return owner.success ? [owner.data] : [];
}

interface Envelope {
  readonly to: readonly string[];
  readonly key: string;
  /** The key of the message this one answers. */
  readonly replyToKey: string | null;
  readonly at: string;
}

/**
 * E-mail over SMTP. Recipients and sender come from checked settings only; what a device says reaches the subject and the body on one line, never a header of its own.
 * A message for the person who carries the device is sent only where the device's owner is an e-mail address.
 */
export function createEmailConnector(settings: EmailSettings, dependencies: EmailDependencies = {}): Connector {
  async function send(content: EmailText, envelope: Envelope, signal: AbortSignal): Promise<DeliveryOutcome> {
    if (settings.security === 'none' && !LOOPBACK_HOSTS.has(settings.host.toLowerCase())) {
      return { outcome: 'rejected', detail: 'a connection without TLS is only allowed to a relay on this machine' };
    }
    if (signal.aborted) return { outcome: 'retry', detail: 'stopped before it was sent' };
    const transport = createTransport(transportOptions(settings, dependencies));
    // The library cannot be interrupted: an attempt that is stopped may still arrive, as a retry of the same message would.
    let stop = (): void => {};
    const stopped = new Promise<never>((_resolve, reject) => {
      stop = () => reject(new Error('stopped while it was being sent'));
    });
    signal.addEventListener('abort', stop, { once: true });
    try {
      const sending = transport.sendMail({
        from: { name: 'Vedette', address: settings.from },
        to: envelope.to.map((address) => ({ name: '', address })),
        subject: content.subject,
        text: content.text,
        html: content.html,
        messageId: messageId(envelope.key, settings.from),
        date: new Date(envelope.at),
        ...(envelope.replyToKey === null ? {} : { inReplyTo: messageId(envelope.replyToKey, settings.from) }),
        // RFC 3834 section 5: machines must not answer this.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Vedette-Delivery': envelope.key },
      });
      const sent = await Promise.race([sending, stopped]);
      const refused =
        sent.rejected.length === 0 ? '' : `; refused for ${sent.rejected.length} of ${envelope.to.length}`;
      return { outcome: 'delivered', detail: oneLine(`${sent.response}${refused}`, 300) };
    } catch (error) {
      return failureOutcome(error);
    } finally {
      signal.removeEventListener('abort', stop);
      transport.close();
    }
  }

  return {
    kind: 'email',
    async deliver(delivery, signal) {
      const to = recipientsOf(delivery, settings);
      if (to.length === 0) {
        return { outcome: 'rejected', detail: 'the device has no owner with an e-mail address' };
      }
      const key = delivery.idempotencyKey;
      const replyToKey = delivery.phase === 'undo' ? key.replace(/:undo$/, ':do') : null;
      return await send(deliveryText(delivery), { to, key, replyToKey, at: delivery.at }, signal);
    },
    sendTest: (message, signal) =>
      send(
        testText(message),
        { to: settings.adminRecipients, key: message.idempotencyKey, replyToKey: null, at: message.at },
        signal,
      ),
  };
}
