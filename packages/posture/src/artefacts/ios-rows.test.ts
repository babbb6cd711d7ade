import { createNodeHost } from '@vedette/bytes/node';
import type { EvidenceRecord, Finding, Observable } from '@vedette/contracts';
import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import { buildBinaryPlist } from '@vedette/formats/builders';
import { createIndicatorSet } from '@vedette/indicators';
import { describe, expect, it } from 'vitest';
import { checkDevice } from '../check-device.ts';
import { judge } from '../judge.ts';
import type { ArtefactRow } from '../testing/artefact-row.ts';
import { CONTEXT, evidenceOf, signalIn } from '../testing/evidence.ts';
import { backup, type Files, fileSystem, sysdiagnose } from '../testing/ios-evidence.ts';
import { APP_ROWS } from '../testing/ios-rows-apps.ts';
import { BROWSER_ROWS } from '../testing/ios-rows-browsers.ts';
import { FILE_ROWS } from '../testing/ios-rows-files.ts';
import { MESSAGE_ROWS } from '../testing/ios-rows-messages.ts';
import { powerlogOfDays, SYSDIAGNOSE_LOG_ROWS } from '../testing/sysdiagnose-log-rows.ts';
import { SYSDIAGNOSE_PROCESS_ROWS } from '../testing/sysdiagnose-process-rows.ts';
import { ARTEFACT_RULES } from './artefact-rules.ts';
import { createRecordJudge } from './record-judge.ts';

/**
 * Every artefact of an iPhone that the best forensic tools parse, from its bytes to what a responder reads; rows are named as in the two tables of the field ("iOS artefacts", "sysdiagnose"). Each has
 * something wrong in it that is found with its place, something that a list of indicators names, or both, and the same artefact with nothing wrong, which stays silent.
 */
const now = '2026-11-20T12:00:00.000Z';
const ROWS: readonly ArtefactRow[] = [
  ...MESSAGE_ROWS,
  ...BROWSER_ROWS,
  ...APP_ROWS,
  ...FILE_ROWS,
  ...SYSDIAGNOSE_PROCESS_ROWS,
  ...SYSDIAGNOSE_LOG_ROWS,
];

function check(files: Files, bad: readonly Observable[] = []) {
  const list = {
    name: 'campaign',
    indicators: bad.map((observable) => ({ all: [observable], name: 'Spy', reference: null, at: null })),
  };
  const judge = createRecordJudge(ARTEFACT_RULES, createIndicatorSet([list]).matchRecord);
  const records: EvidenceRecord[] = [];
  const onRecord = (record: EvidenceRecord): boolean => {
    records.push(record);
    return judge.see(record);
  };
  const parsed = readDeviceEvidence(treeFromFiles(new Map(files)), { now, onRecord, host: createNodeHost() });
  const result = checkDevice(parsed, {
    ...CONTEXT,
    now,
    path: 'x',
    engineVersion: '0',
    recordFindings: () => judge.findings(),
  });
  if (result === null) throw new Error('the evidence was not recognised');
  return { findings: result.findings, records, parsed };
}

const preferences = (value: { readonly [key: string]: boolean }): Promise<Files> =>
  backup(['HomeDomain', 'Library/Preferences/.GlobalPreferences.plist', buildBinaryPlist(value)]);
const placesOf = ({ evidence }: Finding): string[] =>
  evidence.map((one) => ('rawRef' in one ? (one.rawRef ?? '') : 'source' in one ? one.source : ''));

describe('artefacts of iOS', () => {
  it.each(ROWS)('$row', ({ bad, rules = [], listed, place, good, artefact, says }) => {
    const alone = check(bad);
    expect(alone.findings.map(({ ruleId }) => ruleId).sort()).toEqual([...rules].sort());
    for (const finding of alone.findings) expect(placesOf(finding).some((one) => place.test(one))).toBe(true);
    const told = alone.records.filter((record) => record.artefact === artefact);
    if (artefact !== undefined) expect(told).not.toEqual([]);
    if (says !== undefined)
      expect(told.some(({ text, rawRef }) => says.test(text) && place.test(rawRef)) ? says : told).toBe(says);
    expect(rules.length > 0 || listed !== undefined || says !== undefined).toBe(true);
    expect(check(good, listed === undefined ? [] : [listed]).findings).toEqual([]);
    if (listed === undefined) return;
    const hit = check(bad, [listed]).findings.find(({ ruleId }) => ruleId === 'device.indicator');
    expect(hit?.severity).toBe('critical');
    expect(hit === undefined ? [] : placesOf(hit).join(' ')).toMatch(place);
  });

  it('GlobalPreferences: Lockdown Mode is on, off, or not told', async () => {
    const said = (files: Files): string | undefined =>
      check(files).parsed.value?.evidence.observations.find(({ key }) => key === 'ios.lockdown-mode')?.value;
    const found = (files: Files): string[] =>
      check(files).findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`);
    const [on, off] = [await preferences({ LDMGlobalEnabled: true }), await preferences({})];
    expect([said(on), said(off), said(await backup(null))]).toEqual(['true', 'false', undefined]);
    expect(found(on)).toEqual([]);
    expect(found(off)).toEqual([]);
  });

  it('powerlogs: an app that uses unusually much while nobody looks, one that always did, and one of which too little is known', async () => {
    const days = (count: number, mah: number): number[] =>
      Array.from({ length: count * 24 }, (_, hour) => mah + (hour % 5) / 20);
    const until = '2026-11-20T06:00:00Z';
    const found = async (mah: readonly number[]) =>
      check(await powerlogOfDays(mah, until)).findings.map((finding) => [
        finding.ruleId,
        finding.severity,
        placesOf(finding)[0],
      ]);
    const place = 'sysdiagnose_2026.11.20_11-11-12+0100_iPhone-OS_iPhone_23G90/logs/powerlogs/CurrentPowerlog.PLSQL';
    expect(await found([...days(20, 0.2), ...days(4, 12)])).toEqual([['device.app.energy', 'medium', place]]);
    expect(await found(days(24, 0.2))).toEqual([]);
    const { parsed } = check(await powerlogOfDays(days(3, 0.2), until));
    expect(parsed.value?.evidence.usage).toHaveLength(12);
    const well = judge(parsed.value?.evidence ?? evidenceOf([]), { ...CONTEXT, now });
    expect(signalIn(well, 'apps.usage').status).toBe('unknown');
  });

  it('what is not in the evidence is not told', async () => {
    for (const bare of [await backup(null), fileSystem({}), sysdiagnose({})]) {
      const { findings, records } = check(bare);
      expect(findings).toEqual([]);
      expect(records.filter(({ artefact }) => artefact !== 'ios.file')).toEqual([]);
    }
  });
});
