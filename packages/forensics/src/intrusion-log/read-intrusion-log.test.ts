import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, recordsOf } from '../testing-records.fixture.ts';
import { readIntrusionLog } from './read-intrusion-log.ts';
import { SECURITY_TAGS } from './security-tags.ts';

const read = (...lines: readonly unknown[]) =>
  recordsOf((builder) => {
    readIntrusionLog(
      builder,
      'intrusion_logs/1.json',
      bytesOf(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')),
    );
  });

describe('intrusion logs', () => {
  it('tell names asked for, connections and what the security log says, each at its time', () => {
    const { records } = read(
      {
        dns_event: {
          event_time: 1_793_000_000_123,
          hostname: 'c2.evil.test',
          ip_addresses: ['/198.51.100.7'],
          package_name: 'org.example.app',
        },
      },
      {
        connect_event: {
          event_time: 1_793_000_001_000,
          ip_address: 'c2.evil.test/198.51.100.7',
          port: 443,
          package_name: 'org.example.app',
        },
      },
      {
        security_event: {
          event_time: '1793000002000000000',
          adb_shell_command: { command: 'pm install /sdcard/com.evil.app.apk' },
        },
      },
      { security_event: { event_time: '1793000003000000000', event_id: 210_012 } },
    );
    expect(records.map(({ artefact, text, at }) => [artefact, text, at])).toEqual([
      ['android.dns-event', 'org.example.app asked for c2.evil.test', '2026-10-26T07:33:20.123Z'],
      ['android.connect-event', 'org.example.app connected to 198.51.100.7 port 443', '2026-10-26T07:33:21.000Z'],
      [
        'android.security-event',
        'adb shell command: command pm install /sdcard/com.evil.app.apk',
        '2026-10-26T07:33:22.000Z',
      ],
      ['android.security-event', 'logging stopped', '2026-10-26T07:33:23.000Z'],
    ]);
    expect(records[0]?.observables).toEqual([
      { kind: 'domain', value: 'c2.evil.test' },
      { kind: 'app', value: 'org.example.app' },
      { kind: 'ip', value: '198.51.100.7' },
    ]);
    expect(records[2]?.observables).toEqual([{ kind: 'command', value: 'pm install /sdcard/com.evil.app.apk' }]);
    expect(records[3]?.fields).toEqual({ tag: 'logging_stopped' });
  });

  it('passes over connections of the phone to itself', () => {
    expect(
      read({ connect_event: { event_time: 1_793_000_001_000, ip_address: '/127.0.0.1', port: 1 } }).records,
    ).toEqual([]);
  });

  it('keeps tags that nobody knows, and says so; lines that are broken cost nothing else', () => {
    const { records, diagnostics } = read('{broken', {
      security_event: { event_time: 1, tag_of_tomorrow: { a: 'b' } },
    });
    expect(records).toMatchObject([{ at: null, fields: { tag: 'tag_of_tomorrow', a: 'b' } }]);
    expect(diagnostics).toEqual(['intrusion-log.broken', 'intrusion-log.unknown-tag', 'evidence.undated']);
  });

  it('knows 46 tags, from the shell to NFC', () => {
    expect(SECURITY_TAGS.size).toBe(46);
    expect(SECURITY_TAGS.get(210_001)).toBe('adb_shell_interactive');
    expect(SECURITY_TAGS.get(210_029)).toBe('cert_authority_installed');
    expect(SECURITY_TAGS.get(210_046)).toBe('nfc_disabled');
  });

  it('never throws', () => {
    const event = fc.oneof(
      fc.jsonValue(),
      fc.record({
        event_time: fc.jsonValue(),
        hostname: fc.jsonValue(),
        ip_address: fc.jsonValue(),
        x: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('dns_event', 'connect_event', 'security_event'),
        event,
        fc.string(),
        (kind, value, noise) => {
          read({ [kind]: value }, `{${noise}`, noise);
          return true;
        },
      ),
    );
  });
});
