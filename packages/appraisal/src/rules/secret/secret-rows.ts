import { AI_SECRETS } from './ai-secrets.ts';
import { BUILD_SECRETS } from './build-secrets.ts';
import { CLOUD_SECRETS } from './cloud-secrets.ts';
import { DATABASE_SECRETS } from './database-secrets.ts';
import { GENERIC_SECRETS } from './generic-secrets.ts';
import { KEY_SECRETS } from './key-secrets.ts';
import { MESSAGING_SECRETS } from './messaging-secrets.ts';
import { PAYMENT_SECRETS } from './payment-secrets.ts';
import { PUBLIC_KEYS } from './public-keys.ts';
import type { SecretRow } from './secret-row.ts';
import { SERVICE_SECRETS } from './service-secrets.ts';
import { SOURCE_SECRETS } from './source-secrets.ts';
import { TOKEN_SECRETS } from './token-secrets.ts';

/** All kinds of secrets. Where two match the same text the first has it, so general ones stand last. */
export const SECRET_ROWS: readonly SecretRow[] = [
  ...CLOUD_SECRETS,
  ...SOURCE_SECRETS,
  ...BUILD_SECRETS,
  ...PAYMENT_SECRETS,
  ...MESSAGING_SECRETS,
  ...AI_SECRETS,
  ...SERVICE_SECRETS,
  ...PUBLIC_KEYS,
  ...DATABASE_SECRETS,
  ...KEY_SECRETS,
  ...TOKEN_SECRETS,
  ...GENERIC_SECRETS,
];
