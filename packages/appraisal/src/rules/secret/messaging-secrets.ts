import { latin1Text } from '@vedette/bytes';
import { decodeBase64 } from '../../secrets/base64.ts';
import { randomPart } from '../../secrets/checks.ts';
import { assigned } from './assigned.ts';
import type { SecretRow } from './secret-row.ts';

/** Keys for messages, mail and social networks. Source: the providers' documentation of their key formats. */
export const MESSAGING_SECRETS: readonly SecretRow[] = [
  {
    name: 'slack-token',
    what: 'a Slack token',
    grade: 'account',
    opens: 'With it one reads and writes in the channels that the bot or the user may.',
    pattern: {
      keywords: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-'],
      rest: /\d{1,13}-[A-Za-z0-9-]{20,200}/,
    },
  },
  {
    name: 'slack-app-token',
    what: 'a Slack app token',
    grade: 'account',
    opens: 'With it one listens to what happens in every workspace that has the app.',
    pattern: { keywords: ['xapp-'], rest: /\d-[A-Z0-9]{9,12}-\d{10,13}-[a-f0-9]{64}/ },
  },
  {
    name: 'slack-webhook',
    what: 'the address of a Slack webhook',
    grade: 'limited',
    opens: 'Whoever has it writes to the channel in the name of the app.',
    pattern: {
      keywords: ['hooks.slack.com/services/'],
      rest: /T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/(?<secret>[A-Za-z0-9]{20,30})/,
      edges: { before: null, after: 'A-Za-z0-9' },
    },
  },
  {
    name: 'discord-webhook',
    what: 'the address of a Discord webhook',
    grade: 'limited',
    opens: 'Whoever has it writes to the channel; malware sends what it has stolen to such addresses.',
    pattern: {
      keywords: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
      rest: /\d{17,20}\/(?<secret>[A-Za-z0-9_-]{60,80})/,
      edges: { before: null, after: 'A-Za-z0-9_-' },
    },
  },
  {
    name: 'discord-bot-token',
    what: 'the token of a Discord bot',
    grade: 'account',
    opens: 'With it one reads and writes wherever the bot is.',
    pattern: assigned(['discord'], /[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}/),
    // The first part is the number of the bot.
    check: (match, nowMs) => {
      const number = decodeBase64(match.secret.split('.', 1)[0] ?? '');
      return number !== null && /^\d{17,20}$/.test(latin1Text(number)) ? randomPart(match, nowMs) : null;
    },
  },
  {
    name: 'teams-webhook',
    what: 'the address of a Microsoft Teams webhook',
    grade: 'limited',
    opens: 'Whoever has it writes to the channel in the name of the app.',
    pattern: {
      keywords: ['.webhook.office.com/webhookb2/', 'outlook.office.com/webhook/'],
      rest: /[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/(?<secret>[0-9a-f]{32})\/[0-9a-f-]{36}/,
      edges: { before: null, after: null },
    },
  },
  {
    name: 'telegram-bot-token',
    what: 'the token of a Telegram bot',
    grade: 'service',
    opens:
      'With it one reads what the bot is sent and writes in its name; malware sends what it has stolen to such bots.',
    pattern: {
      keywords: [':AA'],
      lead: { pattern: /\d{8,10}/, lengths: [8, 9, 10] },
      rest: /[A-Za-z0-9_-]{33}/,
      edges: { before: '0-9', after: 'A-Za-z0-9_-' },
    },
  },
  {
    name: 'twilio-api-key',
    what: 'a Twilio API key id',
    grade: 'limited',
    opens: 'With its secret, which may lie beside it, one sends messages and calls at the account’s cost.',
    pattern: { keywords: ['SK'], rest: /[0-9a-f]{32}/ },
  },
  {
    name: 'twilio-auth-token',
    what: 'a Twilio auth token',
    grade: 'account',
    opens: 'With it one sends messages and calls at the account’s cost and reads those that were sent.',
    pattern: assigned(['twilio_auth', 'twilioAuth', 'twilio_token', 'twilioToken'], /[0-9a-f]{32}/),
  },
  {
    name: 'sendgrid-key',
    what: 'a SendGrid key',
    grade: 'account',
    opens: 'With it one sends mail in the name of the maker’s domain.',
    pattern: { keywords: ['SG.'], rest: /[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/ },
  },
  {
    name: 'mailgun-key',
    what: 'a Mailgun key',
    grade: 'account',
    opens: 'With it one sends mail in the name of the maker’s domain and reads what comes in.',
    pattern: assigned(['mailgun'], /(?:key-[0-9a-f]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})/),
  },
  {
    name: 'mailchimp-key',
    what: 'a Mailchimp key',
    grade: 'account',
    opens: 'With it one reads the lists of subscribers and writes to all of them.',
    pattern: { keywords: ['-us'], lead: { pattern: /[0-9a-f]{32}/, lengths: [32] }, rest: /\d{1,2}/ },
  },
  {
    name: 'brevo-key',
    what: 'a Brevo (Sendinblue) key',
    grade: 'account',
    opens: 'With it one sends mail in the name of the maker’s domain and reads the contacts.',
    pattern: { keywords: ['xkeysib-', 'xsmtpsib-'], rest: /[a-f0-9]{64}-[A-Za-z0-9]{16}/ },
  },
  {
    name: 'resend-key',
    what: 'a Resend key',
    grade: 'service',
    opens: 'With it one sends mail in the name of the maker’s domain.',
    pattern: { keywords: ['re_'], rest: /[A-Za-z0-9]{8}_[A-Za-z0-9]{24}/ },
  },
  {
    name: 'onesignal-key',
    what: 'a OneSignal key',
    grade: 'account',
    opens: 'With it one sends messages to every device that has the app.',
    pattern: { keywords: ['os_v2_app_', 'os_v2_org_'], rest: /[a-z2-7]{90,110}/ },
  },
  {
    name: 'facebook-token',
    what: 'a Facebook access token',
    grade: 'account',
    opens: 'With it one acts for the user, the page or the app that it was given to.',
    pattern: {
      keywords: ['EAA'],
      rest: /[A-Za-z0-9]{100,300}/,
      edges: { before: 'A-Za-z0-9+/_-', after: 'A-Za-z0-9+/=_-' },
    },
  },
  {
    name: 'facebook-app-secret',
    what: 'a Facebook app secret',
    grade: 'account',
    opens: 'With it one passes for the app’s server before Facebook and reads what the app may.',
    pattern: assigned(
      ['facebook_app_secret', 'facebook_secret', 'facebookAppSecret', 'fb_app_secret', 'fbAppSecret'],
      /[0-9a-f]{32}/,
    ),
  },
  {
    name: 'twitter-bearer-token',
    what: 'an X (Twitter) bearer token',
    grade: 'service',
    opens: 'With it one reads in the name of the app and uses up what it may.',
    pattern: {
      keywords: ['AAAAAAAAAAAAAAAAAAAAA'],
      rest: /(?<secret>A{0,2}[A-Za-z0-9%]{80,120})/,
      edges: { before: 'A-Za-z0-9+/%', after: 'A-Za-z0-9+/%=' },
    },
    // Zeros in base64 begin like this as well: a token has its escaped signs.
    check: (match, nowMs) => (/%[0-9A-F]{2}/.test(match.secret) ? randomPart(match, nowMs) : null),
  },
];
