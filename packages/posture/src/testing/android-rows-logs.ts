import { deflateSync } from 'node:zlib';
import { bundle, encode } from './android-evidence.ts';
import { type ArtefactRow, app } from './artefact-row.ts';
import type { Files } from './ios-evidence.ts';

const event = (value: object): string => `${JSON.stringify(value)}\n`;
const security = (tag: string, fields: object = {}): string =>
  event({ security_event: { event_time: '1793000002000000000', [tag]: fields } });

/** A backup of `adb`, version 1, neither compressed nor encrypted, with one file (POSIX.1-1988 ustar). */
function backup(path: string, content: Uint8Array): Files {
  const header = new Uint8Array(512);
  const put = (at: number, text: string): void => header.set(encode(text), at);
  put(0, path);
  put(100, '0000600\0');
  put(124, `${content.length.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0        0');
  put(257, 'ustar\u000000');
  put(
    148,
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
  );
  const size = Math.ceil(content.length / 512) * 512;
  const head = encode('ANDROID BACKUP\n1\n0\nnone\n');
  const bytes = new Uint8Array(head.length + 512 + size + 1024);
  bytes.set(head);
  bytes.set(header, head.length);
  bytes.set(content, head.length + 512);
  return new Map([['backup.ab', bytes]]);
}
const sms = (body: string): Files =>
  backup(
    'apps/com.android.providers.telephony/d_f/000000_sms_backup',
    deflateSync(JSON.stringify([{ address: '+49', body, date: '1793000000000', type: '1' }])),
  );

export const ANDROID_LOG_ROWS: readonly ArtefactRow[] = [
  {
    row: 'A24 messages in a backup',
    bad: sms('See https://w3.evil.test/x.'),
    listed: { kind: 'domain', value: 'w3.evil.test' },
    place: /sms_backup/,
    good: sms('See https://good.test/x.'),
  },
  {
    row: 'A25 names asked for (intrusion log)',
    bad: bundle({
      'intrusion_logs/1.json': event({
        dns_event: {
          event_time: 1_793_000_000_123,
          hostname: 'c2.evil.test',
          ip_addresses: [],
          package_name: 'org.app',
        },
      }),
    }),
    listed: { kind: 'domain', value: 'evil.test' },
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({
      'intrusion_logs/1.json': event({
        dns_event: { event_time: 1_793_000_000_123, hostname: 'good.test', ip_addresses: [], package_name: 'org.app' },
      }),
    }),
  },
  {
    row: 'A26 connections (intrusion log)',
    bad: bundle({
      'intrusion_logs/1.json': event({
        connect_event: {
          event_time: 1_793_000_001_000,
          ip_address: '/198.51.100.7',
          port: 443,
          package_name: 'org.app',
        },
      }),
    }),
    listed: { kind: 'ip', value: '198.51.100.7' },
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({
      'intrusion_logs/1.json': event({
        connect_event: { event_time: 1_793_000_001_000, ip_address: '/127.0.0.1', port: 443, package_name: 'org.app' },
      }),
    }),
  },
  ...(
    [
      ['cert_authority_installed', 'device.artefact.authority-installed'],
      ['key_integrity_violation', 'device.artefact.key-damaged'],
      ['cert_validation_failure', 'device.artefact.key-damaged'],
      ['wipe_failure', 'device.artefact.wipe-failed'],
      ['adb_shell_interactive', 'device.artefact.shell-session'],
      ['logging_stopped', 'device.artefact.logging-stopped'],
    ] as const
  ).map(
    ([tag, rule]): ArtefactRow => ({
      row: `A27 security log: ${tag}`,
      bad: bundle({ 'intrusion_logs/1.json': security(tag) }),
      rules: [rule],
      place: /intrusion_logs\/1\.json:1/,
      good: bundle({ 'intrusion_logs/1.json': security('os_startup') }),
    }),
  ),
  {
    row: 'A27 security log: a self-test that failed',
    bad: bundle({ 'intrusion_logs/1.json': security('crypto_self_test_completed', { success: false }) }),
    rules: ['device.artefact.self-test-failed'],
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({ 'intrusion_logs/1.json': security('crypto_self_test_completed', { success: true }) }),
  },
  {
    row: 'A27 security log: a command with a listed app in it (B13)',
    bad: bundle({
      'intrusion_logs/1.json': security('adb_shell_command', { command: 'pm install /sdcard/com.evil.app.apk -r' }),
    }),
    listed: app('com.evil.app'),
    place: /intrusion_logs\/1\.json:1/,
    good: bundle({
      'intrusion_logs/1.json': security('adb_shell_command', { command: 'pm install /sdcard/com.evil.apple.apk -r' }),
    }),
  },
];
