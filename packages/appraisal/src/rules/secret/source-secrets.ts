import { randomPart } from '../../secrets/checks.ts';
import type { SecretCheck } from '../../secrets/secret-pattern.ts';
import { hasTokenChecksum } from '../../secrets/token-checksum.ts';
import type { SecretRow } from './secret-row.ts';

/** The last six characters are a checksum over the others. */
const withChecksum: SecretCheck = (match, nowMs) => (hasTokenChecksum(match.random) ? randomPart(match, nowMs) : null);

/** Tokens of where source and packages are kept. Source: the hosts' documentation of their token formats. */
export const SOURCE_SECRETS: readonly SecretRow[] = [
  {
    name: 'github-token',
    what: 'a GitHub token',
    grade: 'account',
    opens: 'With it one reads and changes the repositories of the account, the source of the next version among them.',
    pattern: { keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], rest: /[A-Za-z0-9]{36}/ },
    check: withChecksum,
  },
  {
    name: 'github-fine-grained-token',
    what: 'a fine-grained GitHub token',
    grade: 'account',
    opens: 'With it one does in the chosen repositories what it permits.',
    pattern: { keywords: ['github_pat_'], rest: /[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/ },
  },
  {
    name: 'gitlab-token',
    what: 'a GitLab access token',
    grade: 'account',
    opens: 'With it one reads and changes the repositories that it is for.',
    pattern: { keywords: ['glpat-', 'gldt-', 'gloas-'], rest: /[A-Za-z0-9_-]{20,64}/ },
  },
  {
    name: 'gitlab-build-token',
    what: 'a GitLab runner or trigger token',
    grade: 'service',
    opens: 'With it one starts builds, or takes part in them and sees their secrets.',
    pattern: { keywords: ['glrt-', 'glptt-', 'glcbt-'], rest: /[A-Za-z0-9_-]{20,64}/ },
  },
  {
    name: 'bitbucket-password',
    what: 'a Bitbucket app password',
    grade: 'account',
    opens: 'With it one reads and changes the repositories of the account.',
    pattern: { keywords: ['ATBB'], rest: /[A-Za-z0-9]{32}/ },
  },
  {
    name: 'atlassian-token',
    what: 'an Atlassian API token',
    grade: 'account',
    opens: 'With it one reads and changes what the account may in Jira, Confluence and Bitbucket.',
    pattern: {
      keywords: ['ATATT3', 'ATCTT3'],
      rest: /[A-Za-z0-9_=-]{180,190}/,
      edges: { before: 'A-Za-z0-9_-', after: 'A-Za-z0-9_=-' },
    },
  },
  {
    name: 'npm-token',
    what: 'an npm token',
    grade: 'account',
    opens: 'With it one publishes packages in the name of the account, to everybody who uses them.',
    pattern: { keywords: ['npm_'], rest: /[A-Za-z0-9]{36}/ },
    check: withChecksum,
  },
  {
    name: 'pypi-token',
    what: 'a PyPI token',
    grade: 'account',
    opens: 'With it one publishes packages in the name of the account.',
    // A macaroon for pypi.org always begins like this.
    pattern: { keywords: ['pypi-AgEIcHlwaS5vcmc'], rest: /[A-Za-z0-9_-]{50,300}/ },
  },
  {
    name: 'rubygems-key',
    what: 'a RubyGems key',
    grade: 'account',
    opens: 'With it one publishes packages in the name of the account.',
    pattern: { keywords: ['rubygems_'], rest: /[a-f0-9]{48}/ },
  },
  {
    name: 'nuget-key',
    what: 'a NuGet key',
    grade: 'account',
    opens: 'With it one publishes packages in the name of the account.',
    pattern: { keywords: ['oy2'], rest: /[a-z0-9]{43}/ },
  },
  {
    name: 'crates-token',
    what: 'a crates.io token',
    grade: 'account',
    opens: 'With it one publishes packages in the name of the account.',
    pattern: { keywords: ['cio'], rest: /[A-Za-z0-9]{32}/ },
  },
  {
    name: 'clojars-token',
    what: 'a Clojars token',
    grade: 'account',
    opens: 'With it one publishes packages in the name of the account.',
    pattern: { keywords: ['CLOJARS_'], rest: /[a-z0-9]{60}/ },
  },
  {
    name: 'docker-token',
    what: 'a Docker Hub token',
    grade: 'account',
    opens: 'With it one reads and replaces the images of the account.',
    pattern: { keywords: ['dckr_pat_', 'dckr_oat_'], rest: /[A-Za-z0-9_-]{27,32}/ },
  },
  {
    name: 'artifactory-key',
    what: 'an Artifactory key',
    grade: 'account',
    opens: 'With it one reads and replaces the packages that a company builds with.',
    pattern: { keywords: ['AKCp'], rest: /[A-Za-z0-9]{69}/ },
  },
];
