import { Overview } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './fleet-verdict.ts';

function overview(
  compliance: Partial<Overview['devices']['byCompliance']>,
  severity: Partial<Overview['threats']['bySeverity']>,
): Overview {
  return Overview.parse({
    devices: {
      total: 10,
      android: 6,
      ios: 4,
      simulated: 0,
      silent: 0,
      byRisk: { critical: 0, high: 0, medium: 0, low: 0, none: 10, unknown: 0 },
      byCompliance: { compliant: 0, 'non-compliant': 0, unknown: 0, ...compliance },
    },
    threats: {
      open: 0,
      openedLastDay: 1,
      resolvedLastDay: 2,
      bySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0, ...severity },
      byKind: { device: 0, app: 0, network: 0 },
      topTypes: [],
      perDay: [],
    },
    apps: { appraised: 0, byVerdict: { benign: 0, risky: 0, malicious: 0, unknown: 0 } },
    actions: { inForce: 0, pending: 0, failed: 0 },
    attention: [],
  });
}

describe('verdictOf', () => {
  it('leads with critical threats', () => {
    expect(verdictOf(overview({ 'non-compliant': 3, compliant: 7 }, { critical: 2 })).title).toBe(
      '2 critical threats are open',
    );
  });
  it('names devices that need attention when nothing is critical', () => {
    expect(verdictOf(overview({ 'non-compliant': 1, compliant: 9 }, { high: 1 })).title).toBe(
      '1 device needs attention',
    );
  });
  it('counts a device at critical risk even when no single threat is critical', () => {
    const data = overview({ 'non-compliant': 2, compliant: 8 }, { high: 3 });
    const verdict = verdictOf({
      ...data,
      devices: { ...data.devices, byRisk: { ...data.devices.byRisk, critical: 1 } },
    });
    expect(verdict.title).toBe('1 device is at critical risk');
    expect(verdict.look.tone).toBe('critical');
  });
  it('never calls a fleet with unknown devices all right', () => {
    const verdict = verdictOf(overview({ unknown: 1, compliant: 9 }, {}));
    expect(verdict.look.tone).toBe('unknown');
    expect(verdict.title).not.toContain('all right');
  });
  it('says all right when every device is compliant', () => {
    expect(verdictOf(overview({ compliant: 10 }, {})).look.tone).toBe('ok');
  });
});
