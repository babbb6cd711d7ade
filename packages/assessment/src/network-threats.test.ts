import { describe, expect, it } from 'vitest';
import { anEvent, anInput, hoursAgo } from './assessment.fixture.ts';
import { networkDrafts } from './network-threats.ts';

const keys = (more: Parameters<typeof anInput>[0]) => networkDrafts(anInput(more)).map((draft) => draft.key);
const reported = (hours: number) => ({ ...anInput().contact, lastReportAt: hoursAgo(hours) });

describe('networkDrafts', () => {
  it('makes one threat per network and kind of attack', () => {
    const events = [
      anEvent('network.tls-interception', hoursAgo(2)),
      anEvent('network.tls-interception', hoursAgo(3)),
      anEvent('network.ssl-strip', hoursAgo(2)),
      anEvent('network.tls-interception', hoursAgo(2), 'hotel'),
      anEvent('network.captive-portal', hoursAgo(2)),
    ];
    expect(keys({ events })).toEqual([
      'network:tls-interception:cafe',
      'network:ssl-strip:cafe',
      'network:tls-interception:hotel',
    ]);
  });

  it('ends when the same network was found clean later, not another one', () => {
    const attack = anEvent('network.tls-interception', hoursAgo(5));
    expect(keys({ events: [attack, anEvent('network.clean', hoursAgo(2), 'hotel')] })).toHaveLength(1);
    expect(keys({ events: [attack, anEvent('network.clean', hoursAgo(2))] })).toEqual([]);
    expect(keys({ events: [attack, anEvent('network.clean', hoursAgo(9))] })).toHaveLength(1);
  });

  it('ends after a quiet day of reports, not after a day of silence', () => {
    const events = [anEvent('network.tls-interception', hoursAgo(30))];
    expect(keys({ events, contact: reported(1) })).toEqual([]);
    expect(keys({ events, contact: reported(20) })).toHaveLength(1);
  });

  it('does not let a clock in the future keep a threat for ever', () => {
    const events = [
      anEvent('network.tls-interception', '2099-01-01T00:00:00.000Z'),
      anEvent('network.clean', hoursAgo(0)),
    ];
    expect(keys({ events, contact: reported(0) })).toEqual([]);
  });

  it('takes no kind of event for an attack that only inherits its name', () => {
    expect(keys({ events: [anEvent('constructor', hoursAgo(1)), anEvent('network.__proto__', hoursAgo(1))] })).toEqual(
      [],
    );
  });
});
