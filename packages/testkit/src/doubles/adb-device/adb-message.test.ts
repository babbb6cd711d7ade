import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADB_COMMANDS, type AdbMessage, createMessageReader, encodeMessage } from './adb-message.ts';

const message = fc.record({
  command: fc.constantFrom(...Object.values(ADB_COMMANDS)),
  first: fc.nat(),
  second: fc.nat(),
  payload: fc.uint8Array({ maxLength: 200 }),
});

describe('messages of ADB', () => {
  it('come out as they went in, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.integer({ min: 1, max: 60 }), (messages, step) => {
        const stream = Buffer.concat(messages.map(encodeMessage));
        const read: AdbMessage[] = [];
        const feed = createMessageReader((one) => read.push(one));
        for (let at = 0; at < stream.length; at += step) feed(stream.subarray(at, at + step));
        expect(read).toEqual(messages);
      }),
    );
  });

  it('are refused when the header is damaged or announces too much', () => {
    const bytes = encodeMessage({ command: ADB_COMMANDS.open, first: 1, second: 0, payload: new Uint8Array(4) });
    const damaged = Uint8Array.from(bytes);
    damaged[20] = 0;
    expect(() => createMessageReader(() => undefined)(damaged)).toThrow('no header');
    const huge = Uint8Array.from(bytes);
    huge[15] = 0xff;
    expect(() => createMessageReader(() => undefined)(huge)).toThrow('more than a host may send');
  });
});
