import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { type PlistValue, plistAt, textAt } from '@vedette/formats';
import type { IosPhone, PlistFields } from './ios-phone.ts';
import { devicePublicKey, type Pairing } from './pairing.ts';
import { type ServiceAnswer, servePlists } from './plist-service.ts';
import type { StopReading } from './read-frames.ts';

/** What the connections to one phone share. */
export interface LockdownOptions {
  readonly phone: IosPhone;
  /** What the phone knows of its computer at the moment. */
  readonly pairing: () => Pairing;
  /** A computer wants to be trusted; false: the person has not answered yet. */
  readonly onPair: (record: PlistValue) => boolean;
  /** Opens a service and says behind which port; null: there is none of that name. */
  readonly startService: (name: string) => number | null;
  /** Asked first; undefined leaves the question to the phone. */
  readonly instead: (request: string) => ServiceAnswer | undefined;
}

/** lockdownd: says what the phone is, lets in whom it trusts, and starts services. */
export function serveLockdown(socket: Socket, options: LockdownOptions): void {
  const { phone } = options;
  let inSession = false;
  let stop: StopReading = () => undefined;

  const answer = (request: PlistValue): readonly ServiceAnswer[] => {
    const name = textAt(request, 'Request') ?? '';
    const detail = [textAt(request, 'Domain'), textAt(request, 'Key') ?? textAt(request, 'Service')];
    const asked = ['lockdown', name, ...detail].filter((part) => part !== null).join(' ');
    const other = options.instead(asked);
    if (other !== undefined) return [other];
    const said = { Request: name, ...reply(name, request) };
    if (name === 'StartSession' && !('Error' in said)) {
      // The last list in the clear; everything after it is encrypted.
      setImmediate(() => {
        stop();
        inSession = true;
        stop = servePlists(secured(socket, options.pairing()), answer);
      });
    }
    return [said];
  };

  const reply = (name: string, request: PlistValue): PlistFields => {
    if (name === 'QueryType') return { Type: 'com.apple.mobile.lockdown' };
    if (name === 'GetValue') return valueOf(options, request, inSession);
    if (name === 'StopSession' || name === 'Goodbye') return { Result: 'Success' };
    if (name === 'Pair') return pair(options, plistAt(request, 'PairRecord'));
    if (name === 'ValidatePair' || name === 'StartSession') {
      if (phone.trust === 'locked') return { Error: 'PasswordProtected' };
      const hostId = textAt(request, 'HostID') ?? textAt(request, 'PairRecord', 'HostID');
      if (phone.trust === 'forgotten' || hostId !== options.pairing().hostId) return { Error: 'InvalidHostID' };
      return name === 'ValidatePair' ? {} : { SessionID: randomUUID().toUpperCase(), EnableSessionSSL: true };
    }
    if (name !== 'StartService') return { Error: 'InvalidRequest' };
    const service = textAt(request, 'Service') ?? '';
    if (!inSession) return { Service: service, Error: 'InvalidHostID' };
    const port = options.startService(service);
    if (port === null) return { Service: service, Error: 'InvalidService' };
    return { Service: service, Port: port, EnableServiceSSL: true };
  };

  stop = servePlists(socket, answer);
}

function pair({ phone, onPair }: LockdownOptions, record: PlistValue | null): PlistFields {
  if (phone.trust === 'locked') return { Error: 'PasswordProtected' };
  if (record === null || !onPair(record)) return { Error: 'PairingDialogResponsePending' };
  return { EscrowBag: new Uint8Array(32).fill(9) };
}

/** Before a session lockdownd tells strangers who it is and no more. */
const PUBLIC_KEYS: ReadonlySet<string> = new Set([
  'DeviceName',
  'DeviceClass',
  'ProductType',
  'ProductVersion',
  'BuildVersion',
  'UniqueDeviceID',
  'PasswordProtected',
  'WiFiAddress',
]);

function valueOf({ phone, pairing }: LockdownOptions, request: PlistValue, inSession: boolean): PlistFields {
  const [domain, key] = [textAt(request, 'Domain'), textAt(request, 'Key')];
  const about: PlistFields = { ...(domain === null ? {} : { Domain: domain }), ...(key === null ? {} : { Key: key }) };
  if (!inSession && domain !== null) return { ...about, Error: 'GetProhibited' };
  if (domain === null && key === 'DevicePublicKey') return { ...about, Value: devicePublicKey(pairing()) };
  const open = Object.entries(phone.values[domain ?? ''] ?? {}).filter(([name]) => inSession || PUBLIC_KEYS.has(name));
  if (key === null) return { ...about, Value: Object.fromEntries(open) };
  const found = open.find(([name]) => name === key);
  return found === undefined ? { ...about, Error: 'MissingValue' } : { ...about, Value: found[1] };
}

/** TLS as the phone does it: both sides show the certificates of the pairing, and who shows others is hung up on. */
export function secured(socket: Socket, pairing: Pairing): TLSSocket {
  const secureContext = createSecureContext({
    cert: pairing.deviceCertificate,
    key: pairing.deviceKey,
    ca: [pairing.rootCertificate],
    ciphers: 'DEFAULT@SECLEVEL=0',
    minVersion: 'TLSv1',
  });
  const secure = new TLSSocket(socket, { isServer: true, secureContext, requestCert: true, rejectUnauthorized: false });
  secure.on('error', () => secure.destroy());
  secure.on('secure', () => {
    const shown = secure.getPeerX509Certificate()?.raw;
    if (shown === undefined || !pairing.hosts.some((known) => shown.equals(known))) secure.destroy();
  });
  return secure;
}
