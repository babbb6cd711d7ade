import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createMessageReader, encodeMessage } from './adb-message.ts';
import { createDeviceConnection } from './device-connection.ts';
import { type RecordedAnswer, recordedAnswers, unknownCommand } from './recorded-answers.ts';
import { type AnswerCommand, shellService } from './shell-service.ts';
import { syncService } from './sync-service.ts';

export interface AdbDeviceOptions {
  /** A folder of ADB answers with its index, as `buildAdbAnswers` makes it. */
  readonly answers: ReadonlyMap<string, Uint8Array>;
  /** Files on the phone, by absolute path. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Answers that go before the recorded ones; undefined leaves a command to them. */
  readonly instead?: (command: string) => RecordedAnswer | 'silence' | undefined;
  /** Default `off`. With `allow` the person at the phone allows every host that asks, with `ignore` none. */
  readonly authentication?: 'off' | 'allow' | 'ignore';
  /** Default: the second shell protocol and `cmd`, as Android 7 has them. */
  readonly features?: readonly string[];
  readonly model?: string;
}

/** A phone with ADB over TCP on loopback, for the real `adb` and for clients of ours. */
export interface AdbDevice {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Every command a host had run, in order. */
  readonly commands: readonly string[];
  /** Names of the hosts whose keys were offered. */
  readonly offered: readonly string[];
  /** Ends all connections; hosts may come back. To be gone for good, dispose of it. */
  disconnect(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Modification time of files on the phone: 2026-11-01T00:00:00Z. */
const FILE_SECONDS = 1_793_491_200;

/** Starts the device's side of ADB (adbd) on a free port of loopback. */
export async function startAdbDevice(options: AdbDeviceOptions): Promise<AdbDevice> {
  const { files = new Map(), authentication = 'off', features = ['shell_v2', 'cmd'], model = 'Double' } = options;
  const recorded = recordedAnswers(options.answers);
  const commands: string[] = [];
  const offered: string[] = [];
  const trusted = authentication === 'off' ? null : new Set<KeyObject>();
  const sockets = new Set<Socket>();

  const answer: AnswerCommand = (command) => {
    commands.push(command);
    return options.instead?.(command) ?? recorded.get(command) ?? unknownCommand(command);
  };
  const phone = {
    banner: `device::ro.product.name=double;ro.product.model=${model};ro.product.device=double;features=${features.join(',')}`,
    trusted,
    allow(name: string): boolean {
      offered.push(name);
      return authentication === 'allow';
    },
    open: (service: string) => (service === 'sync:' ? syncService(files, FILE_SECONDS) : shellService(service, answer)),
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // Hosts leave when they like.
    socket.on('error', () => socket.destroy());
    const take = createDeviceConnection(phone, (message) => void socket.write(encodeMessage(message)));
    const read = createMessageReader(take);
    socket.on('data', (chunk) => {
      try {
        read(chunk);
      } catch {
        // What adbd does with a host that breaks the protocol.
        socket.destroy();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port.');
  const disconnect = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    host: '127.0.0.1',
    port: address.port,
    commands,
    offered,
    disconnect,
    async [Symbol.asyncDispose]() {
      disconnect();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
