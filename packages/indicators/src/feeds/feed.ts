import { ObservableKind } from '@vedette/contracts';
import { z } from 'zod';

/** Names become file names, so they are plain. */
const FeedName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'use small letters, digits, dots, dashes and underscores, at most 80')
  .refine((name) => !name.includes('..'), 'use no two dots after one another');

const EnvironmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'is no name of an environment variable');

/** Secrets stay in the environment: the file names where they are. */
const Access = z.union([
  z.strictObject({ tokenEnv: EnvironmentName }),
  z.strictObject({ user: z.string().min(1).max(200), passwordEnv: EnvironmentName }),
]);
export type FeedAccess = z.infer<typeof Access>;

const Url = z.string().max(2_000).refine(isAllowedUrl, 'must begin with https:// (http:// only for this machine)');

const shared = { name: FeedName, access: Access.optional(), everyHours: z.number().min(1).max(8_760).default(24) };

/** What a plain list may be said to hold: kinds that the name of its file then tells. */
const Holds = ObservableKind.exclude(['command', 'certificate-md5']);

/** A list to download as it is published. */
const DownloadFeed = z.strictObject({
  ...shared,
  url: Url,
  /** How to read it; by the ending of the URL unless told. */
  format: z.enum(['stix', 'families', 'csv', 'plain']).optional(),
  /** What a plain list holds; by the name of the file unless told. */
  holds: Holds.optional(),
  /** Ed25519 signature over the bytes of the list (RFC 8032): 64 bytes, or those in base64. Without a right one nothing is taken over. */
  signature: z
    .strictObject({
      url: Url,
      /** SubjectPublicKeyInfo in base64 (RFC 8410), as `openssl pkey -pubout -outform DER | base64` writes it. */
      publicKey: z.string().min(40).max(200),
    })
    .optional(),
});
export type DownloadFeed = z.infer<typeof DownloadFeed>;

/** A collection of a TAXII 2.1 server. */
const TaxiiFeed = z.strictObject({
  ...shared,
  /** URL of the collection, ending in `/collections/<id>/`. */
  taxii: Url,
});
export type TaxiiFeed = z.infer<typeof TaxiiFeed>;

/** An index of lists as the Mobile Verification Toolkit publishes it (`indicators.yaml`): each list that it names is downloaded. */
const IndexFeed = z.strictObject({ ...shared, index: Url });
export type IndexFeed = z.infer<typeof IndexFeed>;

export type Feed = DownloadFeed | TaxiiFeed | IndexFeed;
const FeedsFile = z.strictObject({
  feeds: z.array(z.union([DownloadFeed, TaxiiFeed, IndexFeed])).max(200),
});

/**
 * What `feeds.yaml` says, once it was parsed as YAML.
 * @throws RangeError that names the feed and what is wrong with it
 */
export function readFeeds(value: unknown): readonly Feed[] {
  const read = FeedsFile.safeParse(value);
  if (!read.success) throw new RangeError(faultOf(value, read.error));
  const names = read.data.feeds.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`two feeds are named ${twice}`);
  return read.data.feeds;
}

function faultOf(value: unknown, error: z.ZodError): string {
  const [issue] = error.issues;
  const index = issue?.path[1];
  const feed = typeof index === 'number' ? feedAt(value, index) : null;
  if (feed === null || typeof index !== 'number') return 'it must be a list named feeds';
  const name = 'name' in feed && typeof feed.name === 'string' ? feed.name : `number ${index + 1}`;
  // The fault of the kind that was meant says more than that none of three fits.
  const meant = 'taxii' in feed ? TaxiiFeed : 'index' in feed ? IndexFeed : DownloadFeed;
  const own = meant.safeParse(feed).error?.issues[0];
  const where = own?.path.map(String).join('.') ?? '';
  return `feed ${name}: ${where === '' ? '' : `${where}: `}${own?.message ?? 'is none'}`;
}

function feedAt(value: unknown, index: number): object | null {
  if (typeof value !== 'object' || value === null || !('feeds' in value) || !Array.isArray(value.feeds)) return null;
  const feed: unknown = value.feeds[index];
  return typeof feed === 'object' && feed !== null ? feed : null;
}

/** What is sent unencrypted can be changed on the way; only this machine's own addresses may be asked so. */
export function isAllowedUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}
