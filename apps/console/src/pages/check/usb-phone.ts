import { collectAnswers, PHONE_COMMANDS, PhoneError, signIn } from '@vedette/adb';
import type { AdbCredentialStore } from '@yume-chan/adb';
import { AdbDaemonWebUsbDevice, AdbDaemonWebUsbDeviceManager } from '@yume-chan/adb-daemon-webusb';

/** How far asking a phone has come. */
export type UsbProgress =
  | { readonly step: 'allow' }
  | { readonly step: 'asking'; readonly command: string; readonly index: number; readonly total: number };

/** A phone's answers, as a folder of ADB answers. */
export interface UsbAnswers {
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** One line for each question that was not answered. */
  readonly notes: readonly string[];
}

/** Whether this browser can talk to devices on USB: Chrome, Edge and others made from Chromium, on a page that came over TLS or from this computer. */
export function canUseUsb(): boolean {
  return AdbDaemonWebUsbDeviceManager.BROWSER !== undefined;
}

/**
 * Lets the person choose a phone on a cable and asks it what a check needs. The browser talks to the phone itself: nothing goes anywhere else.
 * @returns null when the person chose none
 * @throws PhoneError that says what to do when the phone cannot be asked
 */
export async function askPhoneOnUsb(
  signal: AbortSignal,
  onProgress: (progress: UsbProgress) => void,
): Promise<UsbAnswers | null> {
  const device = await AdbDaemonWebUsbDeviceManager.BROWSER?.requestDevice();
  if (device === undefined) return null;
  const serial = device.serial === '' ? device.name : device.serial;
  const connection = await device.connect().catch((error: unknown) => {
    if (error instanceof AdbDaemonWebUsbDevice.DeviceBusyError)
      throw new PhoneError(
        'another program uses the phone: end adb with `adb kill-server`, close other pages that use it, and try again',
      );
    throw new PhoneError(
      `the browser cannot open the phone (${error instanceof Error ? error.message : String(error)}); plug it in again, and on Linux install the udev rules of Android`,
    );
  });
  const link = await signIn({
    connection,
    serial,
    keys: keyForOnce(),
    signal,
    onQuestion: () => onProgress({ step: 'allow' }),
  });
  const leave = (): void => void link.close();
  signal.addEventListener('abort', leave, { once: true });
  try {
    const { files, notes } = await collectAnswers(link, PHONE_COMMANDS, {
      now: () => new Date(),
      signal,
      onQuestion: (command, index, total) => onProgress({ step: 'asking', command, index, total }),
    });
    return { name: link.model ?? serial, files, notes };
  } finally {
    signal.removeEventListener('abort', leave);
    await link.close();
  }
}

/** A key that is made now and forgotten with the page: whoever uses this browser later cannot sign in to the phone with it. */
function keyForOnce(): AdbCredentialStore {
  return {
    *iterateKeys() {},
    async generateKey() {
      const pair = await crypto.subtle.generateKey(
        { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' },
        true,
        ['sign', 'verify'],
      );
      const buffer = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
      return { buffer, name: 'vedette@browser' };
    },
  };
}
