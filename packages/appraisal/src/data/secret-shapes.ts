/**
 * Secrets that can be told by their shape. Source: the issuers' own documentation of their key formats.
 * Keys that are meant to be public, such as a Google API key (`AIza…`), are not in the list.
 */
export const SECRET_SHAPES: readonly { readonly what: string; readonly shape: RegExp }[] = [
  {
    what: 'a private key',
    shape: /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{32}/,
  },
  { what: 'an AWS access key id', shape: /^(?:AKIA|ASIA)[A-Z2-7]{16}$/ },
  { what: 'a GitHub token', shape: /^(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})$/ },
  { what: 'a Slack token', shape: /^xox[abprs]-[A-Za-z0-9-]{20,}$/ },
  {
    what: 'a Slack webhook',
    shape: /^https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]{20,}/,
  },
  { what: 'a Stripe secret key', shape: /^[sr]k_live_[A-Za-z0-9]{20,}$/ },
  { what: 'a Google service account key', shape: /"type"\s*:\s*"service_account"[^]{0,400}"private_key"/ },
  { what: 'a SendGrid key', shape: /^SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/ },
  { what: 'a Twilio key', shape: /^SK[0-9a-f]{32}$/ },
  { what: 'an npm token', shape: /^npm_[A-Za-z0-9]{36}$/ },
];
