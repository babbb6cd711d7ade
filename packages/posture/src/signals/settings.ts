import type { Observation } from '@vedette/contracts';
import type { Cell } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import type { Answer } from '../question.ts';
import { daysBetween, monthsOrDays, parsePatchLevel } from './patch-level.ts';

/** A phone that lies on a table for so long is anybody's. */
const MAX_LOCK_MINUTES = 10;
/** The parts of a phone that its maker's suppliers write are patched later than the rest; beyond this they are forgotten. */
const MAX_VENDOR_LAG_DAYS = 365;

/** `lock.timeout`: how long the phone stays open when nobody touches it: the screen's time, and what is added before it locks. */
export const LOCK_TIMEOUT: Cell = {
  id: 'lock.timeout',
  platforms: ['android'],
  questions: [{ keys: ['settings.system.screen_off_timeout'], artefacts: ['settings.system'], read: readTimeout }],
};

function readTimeout({ value }: Observation, view: EvidenceView): Answer | null {
  const screen = milliseconds(value);
  if (screen === null) return null;
  // Not set: the lock falls five seconds after the screen.
  const after = milliseconds(view.usable('settings.secure.lock_screen_lock_after_timeout')[0]?.value ?? '') ?? 5_000;
  const minutes = (screen + after) / 60_000;
  const text = minutes < 1 ? `${Math.round(minutes * 60)} seconds` : `${Number(minutes.toPrecision(2))} minutes`;
  if (minutes <= MAX_LOCK_MINUTES) return { status: 'ok', text };
  return { status: 'bad', text, reason: `The device stays open for ${text}.`, rule: 'device.lock.late' };
}

function milliseconds(value: string): number | null {
  return /^\d{1,12}$/.test(value.trim()) ? Number(value.trim()) : null;
}

/** `os.vendor-patch`: the patch level of what the maker's suppliers wrote (drivers, firmware interfaces), beside that of the system. */
export const VENDOR_PATCH: Cell = {
  id: 'os.vendor-patch',
  platforms: ['android'],
  questions: [
    {
      keys: ['getprop.ro.vendor.build.security_patch', 'attestation.vendor-patch-level'],
      artefacts: ['getprop'],
      read: readVendorPatch,
    },
  ],
};

function readVendorPatch({ value }: Observation, view: EvidenceView): Answer | null {
  const level = parsePatchLevel(value.trim());
  if (level === null) return null;
  const days = daysBetween(level, view.context.now);
  if (days < -45) return null;
  const text = `${level} (${monthsOrDays(Math.max(0, days))} old)`;
  if (days <= MAX_VENDOR_LAG_DAYS) return { status: 'ok', text };
  return {
    status: 'bad',
    text,
    reason: 'Drivers and firmware got no security patches for more than a year.',
    rule: 'device.vendor-patch.old',
  };
}

/** Resolvers that many people choose on purpose. */
const KNOWN_RESOLVERS =
  /(?:^|\.)(?:dns\.google|one\.one\.one\.one|cloudflare-dns\.com|cloudflare-gateway\.com|dns\.quad9\.net|quad9\.net|adguard-dns\.com|dns\.adguard\.com|nextdns\.io|mullvad\.net|opendns\.com|cleanbrowsing\.org|controld\.com|dns0\.eu|joindns4\.eu|dnsforge\.de|digitale-gesellschaft\.ch)$/i;

/** `network.private-dns`: who answers the questions for names, where somebody chose. */
export const PRIVATE_DNS: Cell = {
  id: 'network.private-dns',
  platforms: ['android'],
  questions: [{ keys: ['settings.global.private_dns_mode'], artefacts: ['settings.global'], read: readPrivateDns }],
};

function readPrivateDns({ value }: Observation, view: EvidenceView): Answer | null {
  switch (value.trim().toLowerCase()) {
    case 'off':
      return { status: 'ok', text: 'off' };
    // Not set: the system's default.
    case '':
    case 'null':
    case 'opportunistic':
      return { status: 'ok', text: 'automatic' };
    case 'hostname': {
      const host = view.usable('settings.global.private_dns_specifier')[0]?.value.trim().replace(/\.$/, '') ?? '';
      if (host === '' || host === 'null') return null;
      if (KNOWN_RESOLVERS.test(host)) return { status: 'ok', text: host };
      return {
        status: 'bad',
        text: host.slice(0, 100),
        reason: `All names are looked up at ${host.slice(0, 100)}.`,
        rule: 'device.network.private-dns',
      };
    }
    default:
      return null;
  }
}
