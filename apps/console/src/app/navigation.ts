import {
  AppWindow,
  BookCheck,
  Fingerprint,
  LayoutDashboard,
  type LucideIcon,
  PackageSearch,
  Settings,
  ShieldAlert,
  Smartphone,
  Stethoscope,
  Wifi,
  Zap,
} from 'lucide-react';

export interface Place {
  readonly to:
    | '/'
    | '/devices'
    | '/apps'
    | '/networks'
    | '/attestation'
    | '/threats'
    | '/policies'
    | '/response'
    | '/check'
    | '/inspect'
    | '/settings';
  readonly label: string;
  readonly short?: string;
  readonly icon: LucideIcon;
  /** Second key of the `g` chord. */
  readonly key: string;
}

/** The rail, in its order. */
export const PLACES: readonly Place[] = [
  { to: '/', label: 'Overview', icon: LayoutDashboard, key: 'o' },
  { to: '/devices', label: 'Devices', icon: Smartphone, key: 'd' },
  { to: '/apps', label: 'Apps', icon: AppWindow, key: 'a' },
  { to: '/networks', label: 'Networks', icon: Wifi, key: 'n' },
  { to: '/attestation', label: 'Attestation', short: 'Attest', icon: Fingerprint, key: 'f' },
  { to: '/threats', label: 'Threats', icon: ShieldAlert, key: 't' },
  { to: '/policies', label: 'Policies', icon: BookCheck, key: 'p' },
  { to: '/response', label: 'Response', icon: Zap, key: 'r' },
  { to: '/check', label: 'Check a phone', short: 'Check', icon: Stethoscope, key: 'c' },
  { to: '/inspect', label: 'Inspect a file', short: 'Inspect', icon: PackageSearch, key: 'i' },
  { to: '/settings', label: 'Settings', icon: Settings, key: 's' },
];
