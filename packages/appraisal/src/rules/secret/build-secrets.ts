import { noPlaceholder } from '../../secrets/checks.ts';
import { assigned } from './assigned.ts';
import type { SecretRow } from './secret-row.ts';

/** Secrets of building, signing and running software. Source: the services' documentation of their token formats. */
export const BUILD_SECRETS: readonly SecretRow[] = [
  {
    name: 'signing-password',
    what: 'the password of a signing key',
    grade: 'service',
    opens: 'With the key store one signs updates in the name of the maker.',
    remedy: 'Find out how a file of the build came into the app, take it out and change the password.',
    pattern: assigned(['storePassword', 'keyPassword', 'keystore_password', 'key_password'], /[^\s"'<>&;,]{6,64}/),
    // An expression in a script is no password.
    check: (match, nowMs) =>
      /^(?:System|self|this|project|props|keystore|env|process|null|none|true|false|string)\b|pass|[()[\]{}]/i.test(
        match.secret,
      )
        ? null
        : noPlaceholder(match, nowMs),
    mappings: { masvs: ['MASVS-CRYPTO-2'], cwe: ['CWE-259'] },
  },
  {
    name: 'circleci-token',
    what: 'a CircleCI token',
    grade: 'account',
    opens: 'With it one starts builds and reads their secrets.',
    pattern: { keywords: ['CCIPAT_', 'CCIPRJ_'], rest: /[A-Za-z0-9]{22}_[a-f0-9]{40}/ },
  },
  {
    name: 'vault-token',
    what: 'a HashiCorp Vault token',
    grade: 'account',
    opens: 'With it one reads the secrets that it permits.',
    pattern: { keywords: ['hvs.', 'hvb.'], rest: /[A-Za-z0-9_-]{90,300}/ },
  },
  {
    name: 'terraform-token',
    what: 'a Terraform Cloud token',
    grade: 'account',
    opens: 'With it one changes the machines and networks that are described there.',
    pattern: {
      keywords: ['.atlasv1.'],
      lead: { pattern: /[A-Za-z0-9]{14}/, lengths: [14] },
      rest: /[A-Za-z0-9_=-]{60,70}/,
    },
  },
  {
    name: 'pulumi-token',
    what: 'a Pulumi token',
    grade: 'account',
    opens: 'With it one changes the machines and networks that are described there.',
    pattern: { keywords: ['pul-'], rest: /[a-f0-9]{40}/ },
  },
  {
    name: 'doppler-token',
    what: 'a Doppler token',
    grade: 'account',
    opens: 'With it one reads the secrets of the projects that it is for.',
    pattern: { keywords: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'], rest: /[A-Za-z0-9_.-]{40,60}/ },
  },
  {
    name: 'sonar-token',
    what: 'a SonarQube token',
    grade: 'service',
    opens: 'With it one reads the source and its known flaws.',
    pattern: { keywords: ['sqp_', 'squ_', 'sqa_'], rest: /[a-f0-9]{40}/ },
  },
  {
    name: 'postman-key',
    what: 'a Postman key',
    grade: 'service',
    opens: 'With it one reads collections of requests, and the secrets kept with them.',
    pattern: { keywords: ['PMAK-'], rest: /[a-f0-9]{24}-[a-f0-9]{34}/ },
  },
  {
    name: 'databricks-token',
    what: 'a Databricks token',
    grade: 'account',
    opens: 'With it one reads and changes the data of the workspace.',
    pattern: { keywords: ['dapi'], rest: /[a-f0-9]{32}(?:-\d)?/ },
  },
];
