import { type KeyObject, randomBytes } from 'node:crypto';
import { ADB_COMMANDS, type AdbMessage } from './adb-message.ts';
import type { DeviceService, OpenService } from './device-service.ts';
import { isSignedBy, readHostKey } from './host-key.ts';

/** `A_VERSION` since Android 9: the sum of the payload is no longer looked at. */
const VERSION = 0x01000001;
/** What devices since Android 7 take. */
const MAX_DATA_BYTES = 256 * 1024;
const AUTH_TOKEN = 1;
const AUTH_SIGNATURE = 2;
const AUTH_PUBLIC_KEY = 3;
const TOKEN_BYTES = 20;
const NOTHING = new Uint8Array();

/** What a connection knows of its phone. */
export interface ConnectedPhone {
  readonly banner: string;
  /** Null: no authentication. Else the keys the phone trusts; keys are added as they are allowed. */
  readonly trusted: Set<KeyObject> | null;
  /** Whether the person at the phone allows a host by this name; null leaves the question on the screen. */
  readonly allow: (name: string) => boolean;
  readonly open: (service: string) => OpenService | null;
}

interface Stream {
  readonly local: number;
  readonly remote: number;
  readonly waiting: Uint8Array[];
  service: DeviceService | null;
  /** Whether the last piece was acknowledged. */
  ready: boolean;
  ending: boolean;
}

/**
 * The device's side of one connection: sign-in, then any number of streams.
 * @throws RangeError on a message the device does not take (STLS, or streams before the sign-in)
 */
export function createDeviceConnection(
  phone: ConnectedPhone,
  send: (message: AdbMessage) => void,
): (message: AdbMessage) => void {
  const streams = new Map<number, Stream>();
  let signedIn = false;
  let token: Uint8Array = NOTHING;
  let maxBytes = MAX_DATA_BYTES;
  let lastId = 0;

  const challenge = (): void => {
    token = Uint8Array.from(randomBytes(TOKEN_BYTES));
    send({ command: ADB_COMMANDS.authenticate, first: AUTH_TOKEN, second: 0, payload: token });
  };
  const welcome = (): void => {
    signedIn = true;
    const payload = new TextEncoder().encode(phone.banner);
    send({ command: ADB_COMMANDS.connect, first: VERSION, second: MAX_DATA_BYTES, payload });
  };
  const authenticate = ({ first: kind, payload }: AdbMessage): void => {
    const { trusted } = phone;
    if (trusted === null || signedIn) return;
    if (kind === AUTH_SIGNATURE) {
      if ([...trusted].some((key) => isSignedBy(key, token, payload))) welcome();
      else challenge();
    } else if (kind === AUTH_PUBLIC_KEY) {
      const offered = readHostKey(payload);
      if (offered === null || !phone.allow(offered.name)) return;
      trusted.add(offered.key);
      welcome();
    }
  };

  const close = (stream: Stream): void => {
    streams.delete(stream.local);
    send({ command: ADB_COMMANDS.close, first: stream.local, second: stream.remote, payload: NOTHING });
  };
  /** One piece at a time: the next goes out when the host has acknowledged the last. */
  const flush = (stream: Stream): void => {
    if (!stream.ready || !streams.has(stream.local)) return;
    const next = stream.waiting.shift();
    if (next === undefined) {
      if (stream.ending) close(stream);
      return;
    }
    stream.ready = false;
    const payload = next.subarray(0, maxBytes);
    if (payload.length < next.length) stream.waiting.unshift(next.subarray(payload.length));
    send({ command: ADB_COMMANDS.write, first: stream.local, second: stream.remote, payload });
  };
  const open = ({ first: remote, payload }: AdbMessage): void => {
    const opened = phone.open(new TextDecoder().decode(payload).replace(/\0+$/, ''));
    if (opened === null) {
      send({ command: ADB_COMMANDS.close, first: 0, second: remote, payload: NOTHING });
      return;
    }
    lastId += 1;
    const stream: Stream = { local: lastId, remote, waiting: [], service: null, ready: true, ending: false };
    streams.set(stream.local, stream);
    send({ command: ADB_COMMANDS.okay, first: stream.local, second: remote, payload: NOTHING });
    stream.service = opened({
      send(bytes) {
        if (bytes.length > 0) stream.waiting.push(bytes);
        flush(stream);
      },
      end() {
        stream.ending = true;
        flush(stream);
      },
    });
  };

  return (message) => {
    const { command, first, second, payload } = message;
    if (command === ADB_COMMANDS.connect) {
      maxBytes = Math.min(second, MAX_DATA_BYTES);
      if (phone.trusted === null) welcome();
      else challenge();
      return;
    }
    if (command === ADB_COMMANDS.authenticate) return authenticate(message);
    if (command === ADB_COMMANDS.startTls) throw new RangeError('STLS is refused: this device speaks no TLS.');
    if (!signedIn) throw new RangeError('A stream before the sign-in.');
    if (command === ADB_COMMANDS.open) return open(message);
    const stream = streams.get(second);
    // The other side may still speak of a stream that was closed meanwhile.
    if (stream === undefined || stream.remote !== first) return;
    if (command === ADB_COMMANDS.okay) {
      stream.ready = true;
      flush(stream);
    } else if (command === ADB_COMMANDS.write) {
      send({ command: ADB_COMMANDS.okay, first: stream.local, second: stream.remote, payload: NOTHING });
      stream.service?.receive(payload);
    } else if (command === ADB_COMMANDS.close) close(stream);
  };
}
