import type { SecretRow } from './secret-row.ts';

const UUID_EDGES = { before: 'A-Za-z0-9_-', after: 'A-Za-z0-9_-' };

/** Keys of payment and of shops. Source: the providers' documentation of their key formats. */
export const PAYMENT_SECRETS: readonly SecretRow[] = [
  {
    name: 'stripe-live-key',
    what: 'a live Stripe secret key',
    grade: 'account',
    opens: 'With it one reads customers and payments and sends money back.',
    pattern: { keywords: ['sk_live_', 'rk_live_'], rest: /[A-Za-z0-9]{20,247}/ },
  },
  {
    name: 'stripe-test-key',
    what: 'a Stripe key for tests',
    grade: 'limited',
    opens: 'It moves no money. That it is here says that the live key may be used in the same way.',
    remedy: 'Use the publishable key in apps; secret keys belong on a server.',
    pattern: { keywords: ['sk_test_', 'rk_test_'], rest: /[A-Za-z0-9]{20,247}/ },
  },
  {
    name: 'stripe-webhook-secret',
    what: 'a secret for signing webhooks',
    grade: 'service',
    opens: 'With it one tells the maker’s server of payments that never were.',
    pattern: {
      keywords: ['whsec_'],
      rest: /[A-Za-z0-9+/]{32,64}={0,2}/,
      edges: { before: 'A-Za-z0-9_-', after: 'A-Za-z0-9+/=' },
    },
  },
  {
    name: 'square-secret',
    what: 'a Square OAuth secret',
    grade: 'account',
    opens: 'With it one passes for the application before shops that use it.',
    pattern: { keywords: ['sq0csp-'], rest: /[A-Za-z0-9_-]{43}/ },
  },
  {
    name: 'square-token',
    what: 'a Square access token',
    grade: 'account',
    opens: 'With it one reads and makes payments of the shop.',
    pattern: { keywords: ['sq0atp-'], rest: /[A-Za-z0-9_-]{22}/ },
  },
  {
    name: 'braintree-token',
    what: 'a Braintree access token',
    grade: 'account',
    opens: 'With it one reads and makes payments of the shop.',
    pattern: { keywords: ['access_token$production$'], rest: /[0-9a-z]{16}\$[0-9a-f]{32}/ },
  },
  {
    name: 'plaid-token',
    what: 'a Plaid access token',
    grade: 'account',
    opens: 'With the client’s secret one reads the bank accounts that a customer has linked.',
    pattern: {
      keywords: ['access-production-'],
      rest: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
      edges: UUID_EDGES,
    },
  },
  {
    name: 'flutterwave-key',
    what: 'a Flutterwave secret key',
    grade: 'account',
    opens: 'With it one reads and makes payments of the account.',
    pattern: { keywords: ['FLWSECK-'], rest: /[A-Za-z0-9]{32}-X/ },
  },
  {
    name: 'duffel-token',
    what: 'a live Duffel token',
    grade: 'account',
    opens: 'With it one books flights at the account’s cost.',
    pattern: { keywords: ['duffel_live_'], rest: /[A-Za-z0-9_=-]{43}/ },
  },
  {
    name: 'shippo-token',
    what: 'a live Shippo token',
    grade: 'service',
    opens: 'With it one buys labels at the account’s cost and reads customers’ addresses.',
    pattern: { keywords: ['shippo_live_'], rest: /[a-f0-9]{40}/ },
  },
  {
    name: 'easypost-key',
    what: 'an EasyPost key',
    grade: 'service',
    opens: 'With it one buys labels at the account’s cost and reads customers’ addresses.',
    pattern: { keywords: ['EZAK'], rest: /[A-Za-z0-9]{54}/ },
  },
  {
    name: 'shopify-token',
    what: 'a Shopify token or secret',
    grade: 'account',
    opens: 'With it one reads and changes customers, orders and goods of the shop.',
    pattern: { keywords: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], rest: /[A-Fa-f0-9]{32}/ },
  },
];
