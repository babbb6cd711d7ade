import { CliError, EXIT } from '../exit-code.ts';

/** One phone that usbmuxd sees. */
export interface ListedIphone {
  /** What usbmuxd calls it, as long as it is plugged in. */
  readonly deviceId: number;
  readonly udid: string;
  /** `USB` or `Network`. */
  readonly connection: string;
}

/** Most phones that are listed in a message. */
const MAX_NAMED = 20;

/**
 * The phone that is meant: the one with the UDID, or the only one. A phone that is seen by cable and by Wi-Fi is one phone, reached by its cable.
 * @throws CliError that says what to do: no such phone, none, or several without a UDID
 */
export function chooseIphone(listed: readonly ListedIphone[], udid: string | null): ListedIphone {
  const phones = onceEach(listed);
  const names = phones.slice(0, MAX_NAMED).map((phone) => phone.udid);
  const list = `${names.join(', ')}${phones.length > MAX_NAMED ? ` and ${phones.length - MAX_NAMED} more` : ''}`;
  if (udid !== null) {
    const phone = phones.find((one) => plain(one.udid) === plain(udid));
    if (phone !== undefined) return phone;
    const others = phones.length === 0 ? 'no iPhone is connected' : `connected are ${list}`;
    throw new CliError(EXIT.failed, `no iPhone ${udid} is connected; ${others}`);
  }
  const [first, second] = phones;
  if (first === undefined)
    throw new CliError(
      EXIT.failed,
      'no iPhone is connected; plug one in by USB, unlock it and tap Trust if it asks (`idevice_id -l` lists those that are seen)',
    );
  if (second !== undefined)
    throw new CliError(EXIT.failed, `several iPhones are connected: ${list}; say which with --usb UDID`);
  return first;
}

function onceEach(listed: readonly ListedIphone[]): readonly ListedIphone[] {
  const phones = new Map<string, ListedIphone>();
  for (const phone of listed) {
    const known = phones.get(plain(phone.udid));
    if (known === undefined || (known.connection !== 'USB' && phone.connection === 'USB'))
      phones.set(plain(phone.udid), phone);
  }
  return [...phones.values()];
}

/** UDIDs since 2018 are written with a dash and without, and all in either case. */
function plain(udid: string): string {
  return udid.replaceAll('-', '').toLowerCase();
}
