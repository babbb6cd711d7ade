import { createNodeHost } from '@vedette/bytes/node';
import type { EvidenceRecord, Finding, Observable } from '@vedette/contracts';
import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import { createIndicatorSet } from '@vedette/indicators';
import { describe, expect, it } from 'vitest';
import { checkDevice } from '../check-device.ts';
import { ANDROID_APP_ROWS } from '../testing/android-rows-apps.ts';
import { ANDROID_LOG_ROWS } from '../testing/android-rows-logs.ts';
import { ANDROID_SERVICE_ROWS } from '../testing/android-rows-services.ts';
import { CONTEXT } from '../testing/evidence.ts';
import type { Files } from '../testing/ios-evidence.ts';
import { ARTEFACT_RULES } from './artefact-rules.ts';
import { createRecordJudge } from './record-judge.ts';

/**
 * Every artefact of Android evidence that the best forensic tools parse, from its bytes to what a responder reads: the row
 * is named as in the table of the field (A1 to A27). Each has something wrong in it that is found with its place, something
 * that a list of indicators names, or both, and the same artefact with nothing wrong, which stays silent.
 */
const now = '2026-11-20T12:00:00.000Z';
const ROWS = [...ANDROID_SERVICE_ROWS, ...ANDROID_APP_ROWS, ...ANDROID_LOG_ROWS];

function check(files: Files, bad: readonly Observable[] = []): readonly Finding[] {
  const list = {
    name: 'campaign',
    indicators: bad.map((observable) => ({ all: [observable], name: 'Spy', reference: null, at: null })),
  };
  const judge = createRecordJudge(ARTEFACT_RULES, createIndicatorSet([list]).matchRecord);
  const onRecord = (record: EvidenceRecord): boolean => judge.see(record);
  const parsed = readDeviceEvidence(treeFromFiles(new Map(files)), { now, onRecord, host: createNodeHost() });
  const result = checkDevice(parsed, {
    ...CONTEXT,
    now,
    path: 'x',
    engineVersion: '0',
    recordFindings: () => judge.findings(),
  });
  if (result === null) throw new Error('the evidence was not recognised');
  return result.findings;
}

describe('artefacts of Android', () => {
  it.each(ROWS)('$row', ({ bad, rules = [], listed, place, good }) => {
    const alone = check(bad);
    expect(alone.map(({ ruleId }) => ruleId).sort()).toEqual([...rules].sort());
    for (const { evidence } of alone.filter(({ ruleId }) => rules.includes(ruleId)))
      expect(
        evidence.some((one) => place.test('rawRef' in one ? (one.rawRef ?? '') : 'source' in one ? one.source : '')),
      ).toBe(true);
    expect(check(good, listed === undefined ? [] : [listed])).toEqual([]);
    if (listed === undefined) return;
    const hit = check(bad, [listed]).find(({ ruleId }) => ruleId === 'device.indicator');
    expect(hit?.severity).toBe('critical');
    expect(hit?.title).toContain('Spy (campaign)');
    expect(hit?.evidence.map((one) => ('source' in one ? one.source : '')).join(' ')).toMatch(place);
  });
});
