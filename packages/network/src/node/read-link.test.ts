import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultGateway, readNeighbours, routers6 } from './read-link.ts';

describe('the layer below on Linux', () => {
  it('says who is next door', () => {
    const table = `IP address       HW type     Flags       HW address            Mask     Device
192.168.66.1     0x1         0x2         02:00:00:00:00:01     *        eth0
192.168.66.9     0x1         0x0         00:00:00:00:00:00     *        eth0
192.168.66.66    0x1         0x2         02:00:00:00:00:66     *        eth0\n`;
    expect([...readNeighbours(table)]).toEqual([
      ['192.168.66.1', '02:00:00:00:00:01'],
      ['192.168.66.66', '02:00:00:00:00:66'],
    ]);
  });

  it('says which way leads out, the best of several', () => {
    const table = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
wlan0	00000000	FE01A8C0	0003	0	0	600	00000000	0	0	0
eth0	00000000	0142A8C0	0003	0	0	100	00000000	0	0	0
eth0	0042A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0\n`;
    expect(defaultGateway(table)).toBe('192.168.66.1');
    expect(defaultGateway('Iface	Destination\n')).toBeNull();
  });

  it('says which routers of IPv6 there are', () => {
    const none = '00000000000000000000000000000000';
    const table = `${none} 00 ${none} 00 fe800000000000000000000000000066 00000400 00000001 00000000 00000003     eth0
fe800000000000000000000000000000 40 ${none} 00 ${none} 00000100 00000001 00000000 00000001     eth0
${none} 00 ${none} 00 ${none} ffffffff 00000001 00000000 00200200       lo\n`;
    expect(routers6(table)).toEqual(['fe80:0000:0000:0000:0000:0000:0000:0066']);
  });

  it('never breaks, whatever the system writes', () => {
    fc.assert(fc.property(fc.string(), (text) => void [readNeighbours(text), defaultGateway(text), routers6(text)]));
  });
});
