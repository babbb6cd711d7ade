import { before } from '../../secrets/checks.ts';
import { readPem } from '../../secrets/private-key.ts';
import { assigned } from './assigned.ts';
import type { SecretRow } from './secret-row.ts';

const BASE64_EDGES = { before: 'A-Za-z0-9+/', after: 'A-Za-z0-9+/=' };

/** Keys of cloud providers. Source: the providers' documentation of their key formats. */
export const CLOUD_SECRETS: readonly SecretRow[] = [
  {
    name: 'aws-access-key',
    what: 'an AWS access key id',
    grade: 'service',
    opens:
      'With the secret key, which usually lies beside it, one acts in the account: reads buckets, starts machines.',
    // Behind the prefix: base32, with the number of the account in it.
    pattern: { keywords: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], rest: /[A-Z2-7]{16}/ },
  },
  {
    name: 'aws-secret-key',
    what: 'an AWS secret access key',
    grade: 'account',
    opens: 'With the id of the key one acts in the account: reads buckets, starts machines at its cost.',
    pattern: assigned(['aws_secret', 'awsSecret', 'secretAccessKey', 'secret_access_key'], /[A-Za-z0-9+/]{40}/),
  },
  {
    name: 'aws-bedrock-key',
    what: 'an Amazon Bedrock API key',
    grade: 'service',
    opens: 'With it one runs models at the account’s cost.',
    pattern: { keywords: ['ABSK'], rest: /[A-Za-z0-9+/]{109,269}={0,2}/, edges: BASE64_EDGES },
  },
  {
    name: 'aws-mws-key',
    what: 'an Amazon Marketplace token',
    grade: 'account',
    opens: 'With it one reads and changes a seller’s orders and listings.',
    pattern: { keywords: ['amzn.mws.'], rest: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/ },
  },
  {
    name: 'azure-storage-key',
    what: 'an Azure storage account key',
    grade: 'account',
    opens: 'With it one reads, changes and deletes everything in the storage account.',
    pattern: {
      keywords: ['AccountKey='],
      rest: /(?<secret>[A-Za-z0-9+/]{86}==)/,
      edges: { before: null, after: 'A-Za-z0-9+/=' },
    },
  },
  {
    name: 'azure-shared-access-key',
    what: 'an Azure shared access key',
    grade: 'service',
    opens: 'With it one sends and reads messages of the service bus, the event hub or the IoT hub that it belongs to.',
    pattern: {
      keywords: ['SharedAccessKey='],
      rest: /(?<secret>[A-Za-z0-9+/]{43}=)/,
      edges: { before: null, after: 'A-Za-z0-9+/=' },
    },
  },
  {
    name: 'azure-shared-access-signature',
    what: 'an Azure shared access signature',
    grade: 'limited',
    opens: 'Until it runs out, one does with the files what the address permits.',
    pattern: {
      keywords: ['sv=20'],
      rest: /\d\d-\d\d-\d\d&[\w=&%.:;-]{0,250}sig=(?<secret>[A-Za-z0-9%+/=]{40,70})/,
      edges: { before: null, after: null },
    },
  },
  {
    name: 'azure-client-secret',
    what: 'a Microsoft Entra client secret',
    grade: 'account',
    opens: 'With it one signs in as the application and has its rights in the directory.',
    pattern: {
      keywords: ['Q~'],
      lead: { pattern: /[A-Za-z0-9_~.]{3}\d/, lengths: [4] },
      rest: /[A-Za-z0-9_~.-]{31,34}/,
      edges: { before: 'A-Za-z0-9_~.', after: 'A-Za-z0-9_~.-' },
    },
  },
  {
    name: 'google-service-account',
    what: 'the key of a Google service account',
    grade: 'account',
    opens: 'With it one acts as the service account: reads and changes the databases, files and users that it may.',
    pattern: {
      keywords: ['-----BEGIN PRIVATE KEY-----'],
      rest: /[\s\\nr]{0,6}(?<secret>[A-Za-z0-9+/=]{32,76})/,
      edges: { before: null, after: null },
    },
    check: (match) =>
      /private_key|service_account/.test(before(match, 300))
        ? readPem(match.text, match.start) === null
          ? null
          : {}
        : undefined,
  },
  {
    name: 'google-oauth-secret',
    what: 'a Google OAuth client secret',
    grade: 'limited',
    opens:
      'Google does not count on it in apps that are installed; that of a web client lets others pass for its server.',
    pattern: { keywords: ['GOCSPX-'], rest: /[A-Za-z0-9_-]{28}/ },
  },
  {
    name: 'google-access-token',
    what: 'a Google access token',
    grade: 'limited',
    opens: 'For about an hour after it was made, one acts as the account.',
    pattern: { keywords: ['ya29.'], rest: /[A-Za-z0-9_-]{40,400}/ },
  },
  {
    name: 'google-refresh-token',
    what: 'a Google refresh token',
    grade: 'account',
    opens: 'With it and the client’s id one gets access tokens for the account until it is revoked.',
    pattern: { keywords: ['1//0'], rest: /[A-Za-z0-9_-]{60,120}/ },
  },
  {
    name: 'firebase-server-key',
    what: 'a Firebase Cloud Messaging server key',
    grade: 'account',
    opens: 'With it one sends messages to every device that has the app.',
    pattern: {
      keywords: [':APA91b'],
      lead: { pattern: /AAAA[A-Za-z0-9_-]{7}/, lengths: [11] },
      rest: /[A-Za-z0-9_-]{134}/,
    },
  },
  {
    name: 'digitalocean-token',
    what: 'a DigitalOcean token',
    grade: 'account',
    opens: 'With it one starts, reads and deletes machines and data of the account.',
    pattern: { keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'], rest: /[a-f0-9]{64}/ },
  },
  {
    name: 'alibaba-access-key',
    what: 'an Alibaba Cloud access key id',
    grade: 'service',
    opens: 'With the secret, which usually lies beside it, one acts in the account.',
    pattern: { keywords: ['LTAI'], rest: /[A-Za-z0-9]{16,20}/ },
  },
  {
    name: 'tencent-secret-id',
    what: 'a Tencent Cloud secret id',
    grade: 'service',
    opens: 'With the secret key, which usually lies beside it, one acts in the account.',
    pattern: { keywords: ['AKID'], rest: /[A-Za-z0-9]{32}/ },
  },
  {
    name: 'yandex-api-key',
    what: 'a Yandex Cloud API key',
    grade: 'service',
    opens: 'With it one uses the account’s services at its cost.',
    pattern: { keywords: ['AQVN'], rest: /[A-Za-z0-9_-]{35,38}/ },
  },
  {
    name: 'heroku-key',
    what: 'a Heroku API key',
    grade: 'account',
    opens: 'With it one reads and replaces the applications of the account.',
    pattern: { keywords: ['HRKU-AA'], rest: /[0-9A-Za-z_-]{58}/ },
  },
  {
    name: 'cloudflare-origin-key',
    what: 'a Cloudflare origin CA key',
    grade: 'account',
    opens: 'With it one gets certificates for the domains of the account.',
    pattern: { keywords: ['v1.0-'], rest: /[a-f0-9]{24}-[a-f0-9]{146}/ },
  },
  {
    name: 'fly-token',
    what: 'a Fly.io token',
    grade: 'account',
    opens: 'With it one replaces and reads the applications that it is for.',
    pattern: { keywords: ['fo1_'], rest: /[A-Za-z0-9_-]{43}/ },
  },
  {
    name: 'netlify-token',
    what: 'a Netlify token',
    grade: 'account',
    opens: 'With it one replaces the sites of the account.',
    pattern: { keywords: ['nfp_'], rest: /[A-Za-z0-9]{36}/ },
  },
];
