import type { SecretRow } from './secret-row.ts';

/** Keys of services for watching software, for content and for customers. Source: the providers' documentation of their key formats. */
export const SERVICE_SECRETS: readonly SecretRow[] = [
  {
    name: 'sentry-token',
    what: 'a Sentry token',
    grade: 'service',
    opens:
      'With it one reads the reports of errors, with what they hold of users. The address that reports go to (DSN) is public and not meant.',
    pattern: {
      keywords: ['sntrys_', 'sntryu_'],
      rest: /(?:eyJ[A-Za-z0-9+/=_]{60,300}|[a-f0-9]{64})/,
      edges: { before: 'A-Za-z0-9_-', after: 'A-Za-z0-9+/=_' },
    },
  },
  {
    name: 'newrelic-key',
    what: 'a New Relic user key',
    grade: 'service',
    opens: 'With it one reads what is measured and recorded, and changes alarms.',
    pattern: { keywords: ['NRAK-'], rest: /[A-Z0-9]{27}/ },
  },
  {
    name: 'grafana-token',
    what: 'a Grafana token',
    grade: 'service',
    opens: 'With it one reads what is measured and recorded.',
    pattern: {
      keywords: ['glsa_', 'glc_eyJ'],
      rest: /(?:[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|[A-Za-z0-9+/]{40,300}={0,2})/,
      edges: { before: 'A-Za-z0-9_-', after: 'A-Za-z0-9+/=' },
    },
  },
  {
    name: 'dynatrace-token',
    what: 'a Dynatrace token',
    grade: 'service',
    opens: 'With it one reads what is measured and recorded.',
    pattern: { keywords: ['dt0c01.', 'dt0s16.'], rest: /[A-Z0-9]{24}\.[A-Z0-9]{64}/ },
  },
  {
    name: 'launchdarkly-key',
    what: 'a LaunchDarkly server key',
    grade: 'service',
    opens:
      'With it one reads every switch of the software and whom it is for. Keys for mobile apps begin with mob- and are public.',
    pattern: { keywords: ['sdk-'], rest: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/ },
  },
  {
    name: 'mapbox-secret-token',
    what: 'a secret Mapbox token',
    grade: 'service',
    opens: 'With it one changes maps and tokens of the account. Public tokens begin with pk. and are not meant.',
    pattern: { keywords: ['sk.eyJ'], rest: /[A-Za-z0-9_-]{40,200}\.[A-Za-z0-9_-]{20,30}/ },
  },
  {
    name: 'contentful-token',
    what: 'a Contentful management token',
    grade: 'account',
    opens: 'With it one changes the content that the app shows.',
    pattern: { keywords: ['CFPAT-'], rest: /[A-Za-z0-9_-]{43}/ },
  },
  {
    name: 'hubspot-token',
    what: 'a HubSpot token',
    grade: 'account',
    opens: 'With it one reads and changes the records of customers.',
    pattern: {
      keywords: ['pat-na1-', 'pat-na2-', 'pat-eu1-', 'pat-ap1-'],
      rest: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
    },
  },
  {
    name: 'linear-key',
    what: 'a Linear key',
    grade: 'service',
    opens: 'With it one reads and changes plans and reports of the company.',
    pattern: { keywords: ['lin_api_', 'lin_oauth_'], rest: /[A-Za-z0-9]{40,64}/ },
  },
  {
    name: 'notion-token',
    what: 'a Notion token',
    grade: 'service',
    opens: 'With it one reads and changes the pages that it is for.',
    pattern: { keywords: ['ntn_'], rest: /\d{11}[A-Za-z0-9]{35}/ },
  },
  {
    name: 'figma-token',
    what: 'a Figma token',
    grade: 'limited',
    opens: 'With it one reads the drafts of the account.',
    pattern: { keywords: ['figd_'], rest: /[A-Za-z0-9_-]{40}/ },
  },
  {
    name: 'typeform-token',
    what: 'a Typeform token',
    grade: 'service',
    opens: 'With it one reads what people have answered.',
    pattern: { keywords: ['tfp_'], rest: /[A-Za-z0-9_.=-]{40,70}/ },
  },
];
