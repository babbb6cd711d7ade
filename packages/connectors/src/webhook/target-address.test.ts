import { describe, expect, it } from 'vitest';
import { mayReach, targetAddress } from './target-address.ts';

describe('mayReach', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1'])('allows the public address %s', (address) => {
    expect(mayReach(address, false)).toBe(true);
  });
  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '100.64.0.1', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    'reaches the private address %s only when allowed',
    (address) => {
      expect(mayReach(address, false)).toBe(false);
      expect(mayReach(address, true)).toBe(true);
    },
  );
  it.each([
    '169.254.169.254',
    'fe80::1',
    '224.0.0.1',
    'ff02::1',
    '0.0.0.0',
    '::',
    '255.255.255.255',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'nonsense',
    '::ffff:169.254.169.254',
  ])('never reaches %s', (address) => {
    expect(mayReach(address, true)).toBe(false);
  });
});

describe('targetAddress', () => {
  const answering =
    (...addresses: string[]) =>
    () =>
      Promise.resolve(addresses);

  it('pins the first address of a name', async () => {
    expect(await targetAddress('a.example', false, answering('93.184.216.34', '1.1.1.1'))).toEqual({
      address: '93.184.216.34',
      family: 4,
    });
  });
  it('refuses a name of which one address is private', async () => {
    expect(await targetAddress('a.example', false, answering('93.184.216.34', '10.0.0.1'))).toMatchObject({
      refused: expect.stringContaining('10.0.0.1'),
    });
  });
  it('does not ask for the address of a literal', async () => {
    const never = () => Promise.reject(new Error('asked'));
    expect(await targetAddress('[::1]', true, never)).toEqual({ address: '::1', family: 6 });
    expect(await targetAddress(new URL('http://0x7f.1/').hostname, false, never)).toHaveProperty('refused');
  });
  it('says when a name has no address', async () => {
    expect(await targetAddress('a.example', false, answering())).toHaveProperty('unresolved');
    expect(await targetAddress('a.example', false, () => Promise.reject(new Error('ENOTFOUND')))).toHaveProperty(
      'unresolved',
    );
  });
});
