import type { EvidenceRecord } from '@vedette/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEvidenceBuilder } from '../evidence-builder.ts';
import { feedLines } from '../lines.ts';
import { createDumpsysReader } from './dumpsys-services.ts';

/** Records of one service as they are shown to who judges them, and what the timeline and the diagnostics then hold. */
function read(service: string, text: string) {
  const seen: EvidenceRecord[] = [];
  const builder = createEvidenceBuilder('bugreport', { onRecord: (record) => seen.push(record) > 0 });
  const dump = `DUMP OF SERVICE ${service}:\n${text}`;
  feedLines(new TextEncoder().encode(dump), createDumpsysReader(builder, 'dumpsys.txt'));
  const { diagnostics } = builder.finish({ now: '2026-11-20T12:00:00.000Z' });
  return { seen: seen.filter(({ artefact }) => artefact !== 'android.app-installed'), diagnostics };
}

const RESOLVER = `Activity Resolver Table:
  Schemes:
      http:
        aaa1 org.browser/.Main filter 12
  Non-Data Actions:
      android.intent.action.MAIN:
        bbb2 org.app/.Start filter 34
Receiver Resolver Table:
  Non-Data Actions:
      android.provider.Telephony.SMS_RECEIVED:
        ccc3 org.spy/.Sms filter 56
        ccc3 org.spy/.Sms filter 57
    android.intent.action.BOOT_COMPLETED:
        ddd4 org.spy/.Boot filter 58
Service Resolver Table:
  Non-Data Actions:
      x.y:
        eee5 org.other/.Service filter 59
`;

const DBINFO = `Connection pool for /data/user/0/org.spy/databases/a.db:
      Most recently executed operations:
        0: [2026-11-01 10:11:12.123] [Pid:(42)] executeForString took 0ms - succeeded, sql="SELECT 1"
        1: [11-01 10:11:12.123] execute took 1ms - succeeded, sql="COMMIT;"
`;

const COMPAT =
  'ChangeId(168419799; name=DOWNSCALED; disabled; packageOverrides={org.here=false}; rawOverrides={org.gone=false, org.here=false}; overridable)\n';

const HISTORY = `          0 (10) RESET:TIME: 2026-11-01-10-00-00
  +1m5s250ms (2) 098 +job=u0a12:"org.spy/.Job"
  +2h0m0s000ms (2) 097 -top=u0a13:"org.app"
  11-02 09:08:07.123 (2) 097 +wake_lock=u0a12:"*job*/org.spy/.Job"
`;

const KEY = `QAAAA${'A'.repeat(690)}`;
const ADB = `  user_keys=${KEY} anna@desk
${KEY.replace('AAAA', 'AAAB').replace('QAAAB', 'QAAAA')}B bob@lab
  keystore=<?xml version='1.0'?><keyStore><adbKey key="${KEY} anna@desk" lastConnection="1793527872000" /></keyStore>
`;

describe('records of dumpsys services', () => {
  it('package: says who listens for an intent, once, also where the intent is indented wrongly', () => {
    expect(
      read('package', RESOLVER).seen.map(({ artefact, fields }) => [
        artefact,
        fields?.['intent'],
        fields?.['component'],
      ]),
    ).toEqual([
      ['android.activity', 'android.intent.action.MAIN', 'org.app/.Start'],
      ['android.receiver', 'android.provider.Telephony.SMS_RECEIVED', 'org.spy/.Sms'],
      ['android.receiver', 'android.intent.action.BOOT_COMPLETED', 'org.spy/.Boot'],
    ]);
  });

  it('dbinfo: gives the path and the app in it to be matched; without a year there is no time', () => {
    const { seen } = read('dbinfo', DBINFO);
    expect(seen.map(({ at, fields }) => [at, fields?.['pid'], fields?.['sql']])).toEqual([
      ['2026-11-01T10:11:12.000Z', '42', 'SELECT 1'],
      [null, '', 'COMMIT;'],
    ]);
    expect(seen[0]?.observables).toEqual([
      { kind: 'path', value: '/data/user/0/org.spy/databases/a.db' },
      { kind: 'app', value: 'org.spy' },
    ]);
  });

  it.each([
    ['  Enabled services:{{org.spy/.Watch}, {org.help/org.help.Reader}}\n  Bound services:{{org.no/.No}}\n', 'enabled'],
    [
      '     installed services: {\n  0 : org.spy/.Watch\n  1 : org.help/org.help.Reader\n  }\n  org.no/.No\n',
      'installed',
    ],
  ])('accessibility: names every service of the list, in both forms', (text, state) => {
    expect(read('accessibility', text).seen.map(({ fields }) => [fields?.['package'], fields?.['state']])).toEqual([
      ['org.spy', state],
      ['org.help', state],
    ]);
  });

  it('platform_compat: names apps that are no longer installed, and only those', () => {
    expect(read('platform_compat', COMPAT).seen.map(({ observables }) => observables)).toEqual([
      [{ kind: 'app', value: 'org.gone' }],
    ]);
  });

  it('batterystats: counts times from the clock of the history', () => {
    expect(
      read('batterystats', HISTORY).seen.map(({ at, fields }) => [at, fields?.['event'], fields?.['package']]),
    ).toEqual([
      ['2026-11-01T10:01:05.000Z', 'job', 'org.spy'],
      ['2026-11-01T12:00:00.000Z', 'top', 'org.app'],
      ['2026-11-02T09:08:07.000Z', 'wake_lock', 'org.spy'],
    ]);
  });

  it('adb: tells the computers that may debug, and when one last did', () => {
    expect(read('adb', ADB).seen.map(({ at, fields }) => [at, fields?.['host']])).toEqual([
      [null, 'anna@desk'],
      [null, 'bob@lab'],
      [new Date(1793527872000).toISOString(), 'anna@desk'],
    ]);
  });

  it('adb: says that a binary store of keys was not read', () => {
    expect(read('adb', '  keystore=ABX\u0000\u0001').diagnostics.map(({ id }) => id)).toContain('adb.keystore.binary');
  });

  it('is total over damaged dumps', () => {
    const dumps = { package: RESOLVER, dbinfo: DBINFO, platform_compat: COMPAT, batterystats: HISTORY, adb: ADB };
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(dumps)),
        fc.nat(),
        fc.nat(60),
        fc.string({ maxLength: 20 }),
        ([service, text], at, cut, put) => {
          const place = at % text.length;
          const { seen } = read(service, text.slice(0, place) + put + text.slice(place + cut));
          for (const { at: time } of seen) expect(time === null || Number.isFinite(Date.parse(time))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['package', 'dbinfo', 'platform_compat', 'batterystats', 'adb'])(
    '%s takes time in proportion to its input',
    (service) => {
      const line = `  ${'1m'.repeat(4000)} ChangeId(1 rawOverrides={${'a.'.repeat(3000)} <adbKey ${'QAAAA'.repeat(200)}\n`;
      const started = performance.now();
      read(service, line.repeat(100));
      expect(performance.now() - started).toBeLessThan(5_000);
    },
  );
});
