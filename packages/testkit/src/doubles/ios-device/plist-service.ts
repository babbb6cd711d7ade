import type { Duplex } from 'node:stream';
import { type PlistValue, readPlist } from '@vedette/formats';
import { buildBinaryPlist, buildXmlPlist } from '@vedette/formats/builders';
import type { PlistFields } from './ios-phone.ts';
import { readFrames, type StopReading } from './read-frames.ts';

/** What a service says to one question; `raw` goes out as it is, `endless` never ends, `hang-up` ends the connection. */
export type ServiceAnswer = PlistFields | RawAnswer | 'silence' | 'endless' | 'hang-up';
export class RawAnswer {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

const LENGTH_BYTES = 4;

/** Property lists behind their length (4 bytes, big-endian), as lockdownd and most services speak them. */
export function servePlists(
  stream: Duplex,
  answer: (request: PlistValue) => readonly ServiceAnswer[],
  form: 'xml' | 'binary' = 'xml',
): StopReading {
  return readFrames(
    stream,
    LENGTH_BYTES,
    (header) => LENGTH_BYTES + header.getUint32(0),
    (frame) => {
      const { value } = readPlist(frame.subarray(LENGTH_BYTES));
      if (value === null) {
        stream.destroy();
        return;
      }
      for (const one of answer(value)) say(stream, one, form);
    },
  );
}

function say(stream: Duplex, answer: ServiceAnswer, form: 'xml' | 'binary'): void {
  if (answer === 'silence') return;
  if (answer === 'hang-up') stream.destroy();
  else if (answer === 'endless') sayForEver(stream);
  else if (answer instanceof RawAnswer) stream.write(answer.bytes);
  else stream.write(framed(form === 'xml' ? buildXmlPlist(answer) : buildBinaryPlist(answer)));
}

/** A property list behind its length. */
export function framed(list: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(LENGTH_BYTES + list.length);
  new DataView(bytes.buffer).setUint32(0, list.length);
  bytes.set(list, LENGTH_BYTES);
  return bytes;
}

/** The same small answer again and again, as fast as it is taken. */
function sayForEver(stream: Duplex): void {
  const piece = framed(buildXmlPlist({ Status: 'BrowsingApplications', CurrentList: [], Nothing: 'to see' }));
  const more = (): void => {
    while (!stream.destroyed && stream.writable) if (!stream.write(piece)) return;
  };
  stream.on('drain', more);
  more();
}
