import type { Socket } from 'node:net';
import { dataAt, numberAt, type PlistValue, readPlist, textAt } from '@vedette/formats';
import { buildXmlPlist } from '@vedette/formats/builders';
import type { PlistFields } from './ios-phone.ts';
import { RawAnswer, type ServiceAnswer } from './plist-service.ts';
import { readFrames } from './read-frames.ts';

/** Header of a message of usbmuxd: length with it, version 1 (property lists), kind 8 (property list), number; little-endian. */
const HEADER_BYTES = 16;
const VERSION = 1;
const PLIST = 8;
/** Numbers of results (usbmuxd-proto.h): fine, no such device or record (ENOENT as Linux has it, and its own), refused, not understood. */
const OK = 0;
const BAD_COMMAND = 1;
const BAD_DEVICE = 2;
const REFUSED = 3;

/** A phone as usbmuxd knows it. */
export interface AttachedPhone {
  readonly deviceId: number;
  readonly udid: string;
  readonly connection: 'USB' | 'Network';
  /** Null: this computer never paired with it. */
  readonly record: () => Uint8Array | null;
  readonly saveRecord: (record: Uint8Array) => void;
  /** Takes a connection to a port; false: nobody listens there. */
  readonly connect: (port: number) => ((socket: Socket) => void) | null;
}

export interface UsbmuxOptions {
  readonly phones: readonly AttachedPhone[];
  readonly systemBuid: string;
  readonly instead: (request: string) => ServiceAnswer | undefined;
}

/** usbmuxd: says which phones are there, keeps pair records, and connects to ports of phones. */
export function serveUsbmux(socket: Socket, { phones, systemBuid, instead }: UsbmuxOptions): void {
  const stop = readFrames(
    socket,
    HEADER_BYTES,
    (header) => header.getUint32(0, true),
    (frame) => {
      const view = new DataView(frame.buffer);
      const { value } = readPlist(frame.subarray(HEADER_BYTES));
      if (view.getUint32(4, true) !== VERSION || view.getUint32(8, true) !== PLIST || value === null) {
        socket.destroy();
        return;
      }
      const say = (answer: PlistFields): void => void socket.write(message(view.getUint32(12, true), answer));
      const result = (code: number): void => say({ MessageType: 'Result', Number: code });
      const name = textAt(value, 'MessageType') ?? '';
      const other = instead(`mux ${name}`);
      if (other !== undefined) {
        if (other instanceof RawAnswer) socket.write(other.bytes);
        else if (other === 'hang-up') socket.destroy();
        else if (typeof other !== 'string') say(other);
        return;
      }
      if (name === 'ListDevices') say({ DeviceList: phones.map(attached) });
      else if (name === 'ReadBUID') say({ BUID: systemBuid });
      else if (name === 'Listen') {
        result(OK);
        for (const phone of phones) say(attached(phone));
      } else if (name === 'ReadPairRecord') {
        const record = phones.find(({ udid }) => udid === textAt(value, 'PairRecordID'))?.record() ?? null;
        if (record === null) result(BAD_DEVICE);
        else say({ PairRecordData: record });
      } else if (name === 'SavePairRecord') {
        const record = dataAt(value, 'PairRecordData');
        if (record !== null) phones.find(({ udid }) => udid === textAt(value, 'PairRecordID'))?.saveRecord(record);
        result(record === null ? BAD_COMMAND : OK);
      } else if (name === 'Connect') {
        const taken = connectionOf(phones, value);
        if (typeof taken === 'number') return result(taken);
        result(OK);
        stop();
        taken(socket);
      } else result(BAD_COMMAND);
    },
  );
}

function connectionOf(phones: readonly AttachedPhone[], request: PlistValue): number | ((socket: Socket) => void) {
  const phone = phones.find(({ deviceId }) => deviceId === numberAt(request, 'DeviceID'));
  // Ports are in network order, as a little-endian number has them: 62078 is 0x7ef2.
  const swapped = numberAt(request, 'PortNumber') ?? 0;
  const port = ((swapped & 0xff) << 8) | (swapped >> 8);
  return phone === undefined ? BAD_DEVICE : (phone.connect(port) ?? REFUSED);
}

function attached({ deviceId, udid, connection }: AttachedPhone): PlistFields {
  return {
    MessageType: 'Attached',
    DeviceID: deviceId,
    Properties: {
      ConnectionType: connection,
      DeviceID: deviceId,
      LocationID: 336_592_896,
      ProductID: 4776,
      SerialNumber: udid,
    },
  };
}

function message(tag: number, answer: PlistFields): Uint8Array {
  const list = buildXmlPlist(answer);
  const bytes = new Uint8Array(HEADER_BYTES + list.length);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of [bytes.length, VERSION, PLIST, tag].entries()) view.setUint32(index * 4, value, true);
  bytes.set(list, HEADER_BYTES);
  return bytes;
}
