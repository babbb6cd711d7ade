import { after } from '../../secrets/checks.ts';
import { isPlaceholder } from '../../secrets/placeholder.ts';
import type { SecretCheck, SecretPattern } from '../../secrets/secret-pattern.ts';
import type { SecretRow } from './secret-row.ts';

/** `scheme://user:password@host` (RFC 3986, 3.2.1). */
function withPassword(...schemes: readonly string[]): SecretPattern {
  return {
    keywords: schemes,
    rest: /[^\s:@/"'<>\\]{0,40}:(?<secret>[^\s@/"'<>\\]{3,80})@[A-Za-z0-9.[_-]{3}/,
    edges: { before: 'A-Za-z0-9', after: null },
  };
}

/** Machines that only the developer has, and names that stand for any. */
const NO_HOST =
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0|\[|(?:localhost|host|server|hostname|db|database|example)(?![\w.-])|[\w.-]{0,60}\.(?:example|test|invalid|local|internal)\b|[\w.-]{0,60}example\.(?:com|org|net))/i;
const NO_PASSWORD =
  /^(?:[a-z_-]*pass(?:word|wd)?|pwd|secret|user(?:name)?|root|admin|test|token|guest|postgres|mysql|\[.*\]|%.*|\$.*|\{.*|:.*)$/i;

/** No stand-in for a password, and a host that others can reach. */
export const passwordInUrl: SecretCheck = (match) => {
  const { text, end, secret } = match;
  const host = text.slice(end - 3, end) + after(match, 80);
  return NO_HOST.test(host) || NO_PASSWORD.test(secret) || isPlaceholder(secret) ? null : {};
};

const READS = 'With it one reads and changes what the database holds';
const PASSWORD = { masvs: ['MASVS-AUTH-1'], cwe: ['CWE-259', 'CWE-798'] };

/** Ways into databases and servers. */
export const DATABASE_SECRETS: readonly SecretRow[] = [
  {
    name: 'postgres-url',
    what: 'an address of a PostgreSQL database with its password',
    grade: 'account',
    opens: `${READS}, if it can be reached.`,
    pattern: withPassword('postgres://', 'postgresql://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'mysql-url',
    what: 'an address of a MySQL or MariaDB database with its password',
    grade: 'account',
    opens: `${READS}, if it can be reached.`,
    pattern: withPassword('mysql://', 'mariadb://', 'mysqlx://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'mongodb-url',
    what: 'an address of a MongoDB database with its password',
    grade: 'account',
    opens: `${READS}, if it can be reached.`,
    pattern: withPassword('mongodb://', 'mongodb+srv://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'redis-url',
    what: 'an address of a Redis server with its password',
    grade: 'account',
    opens: `${READS}, if it can be reached.`,
    pattern: withPassword('redis://', 'rediss://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'message-queue-url',
    what: 'an address of a message queue with its password',
    grade: 'account',
    opens: 'With it one reads and writes what servers tell each other.',
    pattern: withPassword('amqp://', 'amqps://', 'mqtt://', 'mqtts://', 'nats://', 'stomp://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'mail-url',
    what: 'an address of a mail server with its password',
    grade: 'account',
    opens: 'With it one sends, or reads, mail of the account.',
    pattern: withPassword('smtp://', 'smtps://', 'imap://', 'imaps://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'file-server-url',
    what: 'an address of a file server with its password',
    grade: 'account',
    opens: 'With it one reads, and may replace, the files there.',
    pattern: withPassword('ftp://', 'ftps://', 'sftp://', 'ssh://', 'smb://', 'rsync://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'web-url-password',
    what: 'an address of a web server with a password',
    grade: 'service',
    opens: 'With it one is let in where the password asks for it.',
    pattern: withPassword('https://', 'http://'),
    check: passwordInUrl,
    mappings: PASSWORD,
  },
  {
    name: 'connection-string',
    what: 'a connection string with a password',
    grade: 'account',
    opens: `${READS}, if it can be reached.`,
    pattern: {
      keywords: ['Server=', 'Data Source='],
      rest: /[^;"'\s]{3,80};[^"'\n]{0,120};\s{0,2}(?:Password|Pwd)=(?<secret>[^;"'\s]{4,80})/i,
      edges: { before: null, after: null },
    },
    check: ({ secret, text, start }) =>
      NO_PASSWORD.test(secret) ||
      isPlaceholder(secret) ||
      NO_HOST.test(text.slice(start).replace(/^[^=]{0,20}=(?:tcp:)?/, ''))
        ? null
        : {},
    mappings: PASSWORD,
  },
  {
    name: 'jdbc-url',
    what: 'a JDBC address with a password',
    grade: 'account',
    opens: `${READS}, if it can be reached.`,
    pattern: {
      keywords: ['jdbc:'],
      rest: /[a-z]{2,12}:[^\s"'<>]{3,150}[?&;]password=(?<secret>[^\s&;"'<>]{4,80})/i,
      edges: { before: null, after: null },
    },
    check: ({ secret, text, start }) => {
      const host = /^jdbc:[^/\s]{1,30}\/\/([^\s]{0,80})/i.exec(text.slice(start, start + 160))?.[1] ?? '';
      return NO_HOST.test(host) || NO_PASSWORD.test(secret) || isPlaceholder(secret) ? null : {};
    },
    mappings: PASSWORD,
  },
  {
    name: 'planetscale-token',
    what: 'a PlanetScale password or token',
    grade: 'account',
    opens: `${READS}.`,
    pattern: { keywords: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], rest: /[A-Za-z0-9_=.-]{32,64}/ },
  },
  {
    name: 'supabase-token',
    what: 'a Supabase access token',
    grade: 'account',
    opens: 'With it one reads and changes the projects of the account.',
    pattern: { keywords: ['sbp_', 'sb_secret_'], rest: /(?:[0-9a-f]{40}|[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{8})/ },
  },
];
