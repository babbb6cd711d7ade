import type { SecretRow } from './secret-row.ts';

/** What looks like a secret and is made to be in apps. Reported as what it is, so that nobody takes it for more, and because its limits must be set. */
export const PUBLIC_KEYS: readonly SecretRow[] = [
  {
    name: 'google-api-key',
    what: 'a Google API key',
    grade: 'public',
    opens:
      'Keys for Maps, Firebase and the like are made to be in apps and name the project, not a person. One that is not limited to this app and its services can be used by anybody at the project’s cost, for models as well.',
    remedy:
      'Limit the key to the app’s package and certificate, and to the services that it needs, in the Google Cloud console.',
    pattern: { keywords: ['AIza'], rest: /[0-9A-Za-z_-]{35}/ },
  },
  {
    name: 'firebase-database',
    what: 'the address of a Firebase database',
    grade: 'public',
    opens:
      'The address is no secret; what it opens is decided by the rules of the database, which have often been left open to everybody.',
    remedy: 'Make sure that the database’s rules let nobody read or write without signing in.',
    pattern: {
      keywords: ['https://'],
      rest: /(?<secret>[a-z0-9-]{3,60}(?:\.firebaseio\.com|\.[a-z]{2,12}-[a-z]{2,12}\d\.firebasedatabase\.app))/,
      edges: { before: null, after: 'A-Za-z0-9-' },
    },
    check: () => ({}),
  },
  {
    name: 'aws-cognito-pool',
    what: 'the id of an Amazon Cognito identity pool',
    grade: 'public',
    opens:
      'Apps need it to get rights of their own. What these rights are is decided in the account; often they reach further than the app needs.',
    remedy: 'Make sure that the role for guests may do no more than the app needs, or switch guests off.',
    pattern: {
      keywords: [
        'us-east-',
        'us-west-',
        'eu-west-',
        'eu-central-',
        'eu-north-',
        'ap-south-',
        'ap-southeast-',
        'ap-northeast-',
        'sa-east-',
        'ca-central-',
      ],
      rest: /\d:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
    },
    check: () => ({}),
  },
  {
    name: 'mapbox-public-token',
    what: 'a public Mapbox token',
    grade: 'public',
    opens: 'It is made to be in apps; others can show maps at the account’s cost with it.',
    remedy: 'Limit the token to the app’s addresses and scopes in the Mapbox account.',
    pattern: { keywords: ['pk.eyJ'], rest: /[A-Za-z0-9_-]{40,200}\.[A-Za-z0-9_-]{20,30}/ },
  },
  {
    name: 'stripe-publishable-key',
    what: 'a publishable Stripe key',
    grade: 'public',
    opens: 'It is made to be in apps: it starts payments to the account and reads nothing.',
    remedy: 'Nothing to do.',
    pattern: { keywords: ['pk_live_', 'pk_test_'], rest: /[A-Za-z0-9]{20,247}/ },
  },
];
