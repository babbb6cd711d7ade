import { booleanAt, numberAt, type PlistValue, plistAt, textAt } from '@vedette/formats';
import type { BytePipe } from './byte-pipe.ts';
import type { ListedIphone } from './listed-iphones.ts';
import type { PairRecord } from './pair-record.ts';
import { receivePlist, sendPlist } from './plist-frames.ts';
import { type SecurePipe, securePipe } from './secure-pipe.ts';
import type { Usbmux } from './usbmux.ts';
import { type PlistPlain, plistDict } from './write-plist.ts';

/** Where lockdownd listens on every phone. */
const LOCKDOWN_PORT = 62_078;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const LABEL = 'vedette';

/** A session with lockdownd, which knows what the phone is and starts its services. */
export interface Lockdown {
  /** Whether the phone showed the key of its pairing; null: not known. */
  readonly isPaired: boolean | null;
  /**
   * All values of a domain; null: those of the phone itself.
   * @throws LockdownError when the phone refuses
   */
  getValues(domain: string | null): Promise<PlistValue>;
  /**
   * Starts a service and connects to it.
   * @throws LockdownError when the phone refuses
   */
  startService(name: string): Promise<BytePipe>;
}

/** lockdownd said no. `code` is its own word for why, such as `PasswordProtected`. */
export class LockdownError extends Error {
  override readonly name = 'LockdownError';
  readonly code: string;

  constructor(code: string) {
    super(`refused (${code})`);
    this.code = code;
  }
}

/**
 * Opens a session with the keys of the pairing.
 * @param over ends the session and all services that were started in it, whatever they are at
 * @throws LockdownError when the phone does not know this computer, or is locked
 * @throws Error when it does not answer as lockdownd does
 */
export async function openLockdown(
  usbmux: Usbmux,
  phone: ListedIphone,
  record: PairRecord,
  over: AbortSignal,
): Promise<Lockdown> {
  over.throwIfAborted();
  const opened = new Set<BytePipe>();
  over.addEventListener('abort', () => {
    for (const pipe of opened) pipe.close();
  });
  const connect = async (port: number): Promise<BytePipe> => {
    const pipe = await usbmux.connect(phone.deviceId, port);
    opened.add(pipe);
    if (over.aborted) pipe.close();
    return pipe;
  };
  const plain = await connect(LOCKDOWN_PORT);
  const type = textAt(await ask(plain, { Request: 'QueryType' }), 'Type');
  if (type !== 'com.apple.mobile.lockdown') throw new Error('is no lockdownd');
  const { hostId, systemBuid } = record;
  const session = await ask(plain, { Request: 'StartSession', HostID: hostId, SystemBUID: systemBuid });
  const encrypts = booleanAt(session, 'EnableSessionSSL') === true;
  const { pipe, isPaired }: SecurePipe = encrypts ? await securePipe(plain, record) : { pipe: plain, isPaired: null };
  return {
    isPaired,
    async getValues(domain) {
      const answer = await ask(pipe, { Request: 'GetValue', Domain: domain });
      return plistAt(answer, 'Value') ?? { kind: 'null' };
    },
    async startService(name) {
      const answer = await ask(pipe, { Request: 'StartService', Service: name });
      const port = numberAt(answer, 'Port');
      if (port === null || port < 1 || port > 65_535) throw new Error('named no port');
      const service = await connect(port);
      if (booleanAt(answer, 'EnableServiceSSL') !== true) return service;
      return (await securePipe(service, record)).pipe;
    },
  };
}

async function ask(pipe: BytePipe, request: Readonly<Record<string, PlistPlain | null>>): Promise<PlistValue> {
  await sendPlist(pipe, plistDict({ Label: LABEL, ProtocolVersion: '2', ...request }));
  const answer = await receivePlist(pipe, MAX_ANSWER_BYTES);
  const error = textAt(answer, 'Error');
  if (error !== null) throw new LockdownError(error.slice(0, 100));
  return answer;
}
