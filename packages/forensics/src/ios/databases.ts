import { APP_DATABASES } from './app-databases.ts';
import { BROWSER_DATABASES } from './browser-databases.ts';
import { CHAT_DATABASES } from './chat-databases.ts';
import type { DatabaseReader } from './database-reader.ts';
import { MESSAGE_DATABASES } from './message-databases.ts';
import { NETWORK_USE_DATABASES } from './network-use-databases.ts';
import { SAFARI_DATABASES } from './safari-databases.ts';
import { STORE_DATABASES } from './store-databases.ts';

/**
 * Every database that is read. Apple publishes no schema: names of tables and columns are those of the systems from iOS 13 on as public forensic tools read them (MVT, APOLLO, iLEAPP); the readers say where it is otherwise.
 */
export const IOS_DATABASES: readonly DatabaseReader[] = [
  ...MESSAGE_DATABASES,
  ...CHAT_DATABASES,
  ...SAFARI_DATABASES,
  ...BROWSER_DATABASES,
  ...APP_DATABASES,
  ...NETWORK_USE_DATABASES,
  ...STORE_DATABASES,
];
