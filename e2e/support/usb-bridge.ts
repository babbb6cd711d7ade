import { connect, type Socket } from 'node:net';
import type { BrowserContext } from 'playwright-core';

const HEADER_BYTES = 24;

export interface UsbBridge extends AsyncDisposable {
  /** Messages that came from the phone. */
  fromPhone(): number;
}

/**
 * Gives the pages of a browser a phone on USB that no cable leads to: a double of WebUSB (W3C, “WebUSB API”), whose transfers go to the double of a phone on loopback. Headers and payloads are transfers of
 * their own, as adbd makes them.
 */
export async function bridgeUsb(context: BrowserContext, port: number): Promise<UsbBridge> {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  const ready: Buffer[] = [];
  let fromPhone = 0;
  let waiting: ((part: string) => void) | null = null;
  let pending = Buffer.alloc(0);
  const give = (): void => {
    const part = waiting === null ? undefined : ready.shift();
    if (part === undefined || waiting === null) return;
    const answer = waiting;
    waiting = null;
    answer(part.toString('base64'));
  };
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= HEADER_BYTES) {
      const length = pending.readUInt32LE(12);
      if (pending.length < HEADER_BYTES + length) break;
      fromPhone += 1;
      ready.push(pending.subarray(0, HEADER_BYTES));
      if (length > 0) ready.push(pending.subarray(HEADER_BYTES, HEADER_BYTES + length));
      pending = pending.subarray(HEADER_BYTES + length);
    }
    give();
  });
  socket.on('error', () => socket.destroy());
  await context.exposeFunction('usbBridgeOut', (bytes: string) => void socket.write(Buffer.from(bytes, 'base64')));
  await context.exposeFunction(
    'usbBridgeIn',
    () =>
      new Promise<string>((resolve) => {
        waiting = resolve;
        give();
      }),
  );
  await context.addInitScript(() => {
    const bridge = window as unknown as {
      usbBridgeOut(bytes: string): Promise<void>;
      usbBridgeIn(): Promise<string>;
    };
    const encode = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const decode = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const alternate = {
      alternateSetting: 0,
      interfaceClass: 0xff,
      interfaceSubclass: 0x42,
      interfaceProtocol: 1,
      endpoints: [
        { direction: 'in', endpointNumber: 1, packetSize: 512, type: 'bulk' },
        { direction: 'out', endpointNumber: 2, packetSize: 512, type: 'bulk' },
      ],
    };
    const configuration = {
      configurationValue: 1,
      interfaces: [{ interfaceNumber: 0, claimed: false, alternate, alternates: [alternate] }],
    };
    const done = async (): Promise<void> => undefined;
    const device = {
      serialNumber: 'CABLE123',
      productName: 'Phone on a cable',
      vendorId: 0x18d1,
      productId: 0x4ee7,
      opened: false,
      configuration,
      configurations: [configuration],
      open: done,
      close: done,
      selectConfiguration: done,
      claimInterface: done,
      releaseInterface: done,
      selectAlternateInterface: done,
      async transferOut(_endpoint: number, data: Uint8Array) {
        if (data.byteLength > 0)
          await bridge.usbBridgeOut(encode(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
        return { status: 'ok', bytesWritten: data.byteLength };
      },
      async transferIn() {
        const bytes = decode(await bridge.usbBridgeIn());
        return { status: 'ok', data: new DataView(bytes.buffer) };
      },
    };
    const usb = Object.assign(new EventTarget(), {
      requestDevice: async () => device,
      getDevices: async () => [device],
    });
    Object.defineProperty(navigator, 'usb', { value: usb, configurable: true });
    // The browser's own takes only its own devices.
    Object.defineProperty(window, 'USBConnectionEvent', { value: class extends Event {} });
  });
  return {
    fromPhone: () => fromPhone,
    async [Symbol.asyncDispose]() {
      socket.destroy();
    },
  };
}
