import { describe, expect, it } from 'vitest';
import { aFinding } from './assessment.fixture.ts';
import { deviceDrafts } from './device-threats.ts';

describe('deviceDrafts', () => {
  it('makes one threat of several findings about root, as bad as the worst', () => {
    const drafts = deviceDrafts([aFinding('device.root.manager', 'medium'), aFinding('device.root.binary', 'high')]);
    expect(drafts).toMatchObject([
      { key: 'device:integrity.root', type: 'rooted', title: 'Device is rooted', severity: 'high' },
    ]);
    expect(drafts[0]?.findings).toHaveLength(2);
  });

  it('does not call a device rooted on signs alone', () => {
    expect(deviceDrafts([aFinding('device.root.heuristic', 'medium')])[0]?.title).toBe('Signs of root');
  });

  it('makes no threat of what is unknown or only information', () => {
    expect(
      deviceDrafts([aFinding('device.lock.none', 'high', { status: 'unknown' }), aFinding('device.lock.none', 'info')]),
    ).toEqual([]);
  });

  it('makes a threat of a rule that belongs to no signal', () => {
    expect(deviceDrafts([aFinding('device.contradiction', 'medium')])).toMatchObject([
      { key: 'device:device.contradiction', type: 'contradiction' },
    ]);
  });
});
