import { isIP } from 'node:net';
import { z } from 'zod';

/** How a probe server is set up: command line, else environment (`VEDETTE_PROBE_…`). */
export interface ProbeSettings {
  /** Host of the server, and the zone that it answers for. */
  readonly zone: string;
  /** Folder for its keys, and for the certificate that it makes itself. */
  readonly data: string;
  /** Address to listen on. */
  readonly listen: string;
  /** Addresses under which it is reached. */
  readonly addresses: readonly string[];
  readonly tlsPort: number;
  readonly httpPort: number;
  /** Null: it answers no questions about names. */
  readonly dnsPort: number | null;
  /** PEM; null: it makes its own, which agents know by its key. */
  readonly certificate: { readonly chain: string; readonly key: string } | null;
  readonly decoys: readonly string[];
  readonly silentAddress: string | null;
  /** Hosts that `POST /v1/vantage` may look at. */
  readonly vantageHosts: readonly string[];
  /** On loopback alone; null: no metrics. */
  readonly metricsPort: number | null;
  /** Requests of one address in a minute. */
  readonly requestsPerMinute: number;
}

/** What people write that cannot be. The message names the option and what it must be. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Categories that inspectors tend to spare, or to pick: banks, health, news, updates. The names are asked for at our own server and never contacted. */
const DECOYS = [
  'online.bank.example',
  'www.health.example',
  'accounts.mail.example',
  'update.vendor.example',
  'm.social.example',
  'news.daily.example',
];

const port = (value: string): number => Number(value);
const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 0 to 65535')
  .transform(port)
  .refine((value) => value <= 65_535, 'must be a port, 0 to 65535');
const List = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const Address = z.string().refine((value) => isIP(value) !== 0, 'must be an address of IP');
const Addresses = List.pipe(z.array(Address).max(8));
const HostName = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'must be a host name');

const Settings = z.object({
  ZONE: HostName,
  DATA: z.string().min(1).default('.vedette/probe'),
  LISTEN: Address.default('0.0.0.0'),
  ADDRESSES: Addresses.default([]),
  TLS_PORT: Port.default(443),
  HTTP_PORT: Port.default(80),
  DNS_PORT: z.union([z.literal('off').transform(() => null), Port]).default(null),
  CERTIFICATE: z.string().optional(),
  KEY: z.string().optional(),
  DECOYS: List.pipe(z.array(HostName).max(16)).default(DECOYS),
  SILENT_ADDRESS: Address.optional(),
  VANTAGE_HOSTS: List.pipe(z.array(HostName).max(1_000)).default([]),
  METRICS_PORT: z.union([z.literal('off').transform(() => null), Port]).default(null),
  REQUESTS_PER_MINUTE: z
    .string()
    .regex(/^\d{1,7}$/, 'must be a number')
    .transform(Number)
    .default(600),
});

/** Reads the settings from variables that begin with `VEDETTE_PROBE_`. @throws SettingError */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): ProbeSettings {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith('VEDETTE_PROBE_') && value !== undefined ? [[name.slice(14), value]] : [],
    ),
  );
  const parsed = Settings.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? '');
    throw new SettingError(
      `VEDETTE_PROBE_${name} ${given[name] === undefined ? 'is missing' : (issue?.message ?? 'is wrong')}`,
    );
  }
  const { CERTIFICATE: chain, KEY: key, ...rest } = parsed.data;
  if ((chain === undefined) !== (key === undefined))
    throw new SettingError('VEDETTE_PROBE_CERTIFICATE and VEDETTE_PROBE_KEY go together');
  return {
    zone: rest.ZONE,
    data: rest.DATA,
    listen: rest.LISTEN,
    addresses: rest.ADDRESSES,
    tlsPort: rest.TLS_PORT,
    httpPort: rest.HTTP_PORT,
    dnsPort: rest.DNS_PORT,
    certificate: chain === undefined || key === undefined ? null : { chain: readFile(chain), key: readFile(key) },
    decoys: rest.DECOYS,
    silentAddress: rest.SILENT_ADDRESS ?? null,
    vantageHosts: rest.VANTAGE_HOSTS,
    metricsPort: rest.METRICS_PORT,
    requestsPerMinute: rest.REQUESTS_PER_MINUTE,
  };
}
