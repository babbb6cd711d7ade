import { CliError, EXIT } from '../exit-code.ts';

/** One line of `adb devices -l`. */
export interface ListedPhone {
  readonly serial: string;
  /** `device` when it is ready, else why it is not. */
  readonly state: string;
  readonly model: string | null;
  readonly transportId: bigint | null;
}

/** Most phones that are listed in a message. */
const MAX_NAMED = 20;
const STATES =
  /^(?:device|unauthorized|offline|authorizing|connecting|no permissions|recovery|sideload|bootloader|host|rescue|detached)\b/;

/** Reads the answer of an adb server to `host:devices-l`. */
export function readListedPhones(text: string): ListedPhone[] {
  const phones: ListedPhone[] = [];
  for (const line of text.split('\n')) {
    const match = /^(\S+)\s+(.+)$/.exec(line);
    if (match === null) continue;
    const [, serial = '', rest = ''] = match;
    const id = /\btransport_id:(\d{1,18})\b/.exec(rest)?.[1];
    phones.push({
      serial,
      state: STATES.exec(rest)?.[0] ?? 'unknown',
      model: /\bmodel:(\S+)/.exec(rest)?.[1] ?? null,
      transportId: id === undefined ? null : BigInt(id),
    });
  }
  return phones;
}

/**
 * The phone that is meant: the one with the serial, or the only one.
 * @throws CliError that says what to do: no such phone, several without a serial, or one that is not ready
 */
export function choosePhone(phones: readonly ListedPhone[], serial: string | null): ListedPhone {
  const named = phones.slice(0, MAX_NAMED).map((phone) => `${phone.serial} (${phone.model ?? phone.state})`);
  const list = `${named.join(', ')}${phones.length > MAX_NAMED ? ` and ${phones.length - MAX_NAMED} more` : ''}`;
  if (serial !== null) {
    const phone = phones.find((one) => one.serial === serial);
    if (phone !== undefined) return ready(phone);
    const others = phones.length === 0 ? 'no phone is connected' : `connected are ${list}`;
    throw new CliError(EXIT.failed, `no phone ${serial} is connected to adb; ${others}`);
  }
  const [first, second] = phones;
  if (first === undefined)
    throw new CliError(
      EXIT.failed,
      'no phone is connected to adb; connect one by USB with USB debugging on in its developer options, or by `adb connect`',
    );
  if (second !== undefined)
    throw new CliError(EXIT.failed, `several phones are connected: ${list}; say which with --adb SERIAL`);
  return ready(first);
}

function ready(phone: ListedPhone): ListedPhone {
  if (phone.state === 'device') return phone;
  throw new CliError(EXIT.failed, `phone ${phone.serial} ${whyNotReady(phone.state)}`);
}

function whyNotReady(state: string): string {
  switch (state) {
    case 'unauthorized':
      return 'has not allowed this computer; unlock it, accept “Allow USB debugging?” and try again';
    case 'offline':
      return 'is offline; plug it in again or run `adb reconnect offline`, and try again';
    case 'authorizing':
    case 'connecting':
      return 'is still being connected; unlock it and try again';
    case 'no permissions':
      return 'may not be opened by this user; set up access to USB devices (udev rules) and run `adb kill-server`';
    case 'recovery':
    case 'sideload':
    case 'rescue':
    case 'bootloader':
      return `is not running Android but is in ${state} mode; start it normally and try again`;
    default:
      return `is not ready (${state}); see \`adb devices -l\``;
  }
}
