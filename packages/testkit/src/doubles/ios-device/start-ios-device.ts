import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { PlistValue } from '@vedette/formats';
import type { IosPhone } from './ios-phone.ts';
import { secured, serveLockdown } from './lockdown-service.ts';
import { acceptedPairing, createPairing, type Pairing } from './pairing.ts';
import { PHONE_SERVICES } from './phone-services.ts';
import type { ServiceAnswer } from './plist-service.ts';
import { type AttachedPhone, serveUsbmux } from './usbmux-service.ts';

export interface IosDeviceOptions {
  /** Those that are plugged in. */
  readonly phones: readonly IosPhone[];
  /** Apps in one piece of the list. Default: 2. */
  readonly appsAtOnce?: number;
  /**
   * Answers that go before those of the phone, by request: `mux ListDevices`, `lockdown GetValue com.apple.mobile.battery`, `apps Browse`, `profiles GetProfileList`, `misagent CopyAll`, `afc open x.ips`. Undefined leaves a
   * request to the phone.
   */
  readonly instead?: (request: string) => ServiceAnswer | undefined;
  /** A socket in the file system to listen on, as usbmuxd does; left out: a free port of loopback. */
  readonly path?: string;
  /** Keys of phones that are paired, by UDID; left out: new ones are made, which takes a moment. */
  readonly pairings?: ReadonlyMap<string, Pairing>;
}

/** usbmuxd with iPhones behind it, on loopback: for libimobiledevice's tools and for clients of ours. */
export interface IosDevice {
  /** For `USBMUXD_SOCKET_ADDRESS`. */
  readonly address: string;
  /** Everything hosts asked, in order. */
  readonly requests: readonly string[];
  /** Connections that hosts have not closed. */
  readonly connections: () => number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where lockdownd listens on every phone. */
const LOCKDOWN_PORT = 62_078;
const FIRST_SERVICE_PORT = 49_152;
const SYSTEM_BUID = '30142955-444094379208051516';

/** Starts usbmuxd's side. */
export async function startIosDevice(options: IosDeviceOptions): Promise<IosDevice> {
  const requests: string[] = [];
  const instead = (request: string): ServiceAnswer | undefined => {
    requests.push(request);
    return options.instead?.(request);
  };
  const phones = options.phones.map((phone, index) => attach(phone, index + 1, options, instead));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // Hosts leave when they like.
    socket.on('error', () => socket.destroy());
    serveUsbmux(socket, { phones, systemBuid: SYSTEM_BUID, instead });
  });
  if (options.path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(options.path);
  await once(server, 'listening');
  const address = server.address();
  if (address === null) throw new TypeError('A server that listens has an address.');
  return {
    address: typeof address === 'string' ? `UNIX:${address}` : `127.0.0.1:${address.port}`,
    requests,
    connections: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function attach(
  phone: IosPhone,
  deviceId: number,
  { appsAtOnce = 2, pairings }: IosDeviceOptions,
  instead: (request: string) => ServiceAnswer | undefined,
): AttachedPhone {
  const first = pairings?.get(phone.udid) ?? createPairing(phone.udid);
  const state: { pairing: Pairing; record: Uint8Array | null; asked: boolean } = {
    pairing: first,
    record: phone.trust === 'stranger' ? null : first.record,
    asked: false,
  };
  const onPair = (proposed: PlistValue): boolean => {
    const pairing = acceptedPairing(proposed, first.deviceKey);
    const wasAsked = state.asked;
    state.asked = true;
    // The person answers the question after it was shown: whoever asks again is let in.
    if (pairing === null || !wasAsked || phone.trust !== 'stranger') return false;
    state.pairing = pairing;
    return true;
  };
  const pairing = (): Pairing => state.pairing;
  const started = new Map<number, string>();
  const startService = (name: string): number | null => {
    if (!PHONE_SERVICES.has(name)) return null;
    const port = FIRST_SERVICE_PORT + started.size;
    started.set(port, name);
    return port;
  };
  return {
    deviceId,
    udid: phone.udid,
    connection: phone.connection ?? 'USB',
    record: () => state.record,
    saveRecord: (record) => void (state.record = record),
    connect(port) {
      if (port === LOCKDOWN_PORT)
        return (socket) => serveLockdown(socket, { phone, pairing, onPair, startService, instead });
      const serve = PHONE_SERVICES.get(started.get(port) ?? '');
      if (serve === undefined) return null;
      return (socket) => serve(secured(socket, pairing()), { phone, appsAtOnce, instead });
    },
  };
}
