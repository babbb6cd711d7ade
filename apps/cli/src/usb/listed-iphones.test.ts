import { describe, expect, it } from 'vitest';
import { chooseIphone } from './listed-iphones.ts';

const NEW = { deviceId: 1, udid: '00008030-000000000000002E', connection: 'USB' };
const OLD = { deviceId: 2, udid: 'ab'.repeat(20), connection: 'USB' };

describe('the iPhone that is meant', () => {
  it('is the only one, or the one with the UDID, however that is written', () => {
    expect(chooseIphone([NEW], null)).toBe(NEW);
    expect(chooseIphone([NEW, OLD], '00008030000000000000002e')).toBe(NEW);
    expect(chooseIphone([NEW, OLD], 'AB'.repeat(20))).toBe(OLD);
  });

  it('is one phone by cable and by Wi-Fi, reached by the cable', () => {
    const wireless = { ...NEW, deviceId: 9, connection: 'Network' };
    expect(chooseIphone([wireless, NEW], null)).toBe(NEW);
    expect(chooseIphone([NEW, wireless], null)).toBe(NEW);
    expect(chooseIphone([wireless], null)).toBe(wireless);
  });

  it.each([
    [[], null, /^no iPhone is connected; plug one in by USB, unlock it and tap Trust/],
    [
      [NEW, OLD],
      null,
      /^several iPhones are connected: 00008030-000000000000002E, (?:ab){20}; say which with --usb UDID$/,
    ],
    [[NEW], 'ffff', /^no iPhone ffff is connected; connected are 00008030-000000000000002E$/],
    [[], 'ffff', /^no iPhone ffff is connected; no iPhone is connected$/],
  ])('is not guessed among %j', (phones, udid, message) => {
    expect(() => chooseIphone(phones, udid)).toThrow(message);
  });

  it('names twenty and counts the others', () => {
    const many = Array.from({ length: 25 }, (_, index) => ({
      ...OLD,
      deviceId: index,
      udid: `${index}`.padStart(40, '0'),
    }));
    expect(() => chooseIphone(many, null)).toThrow(' and 5 more; say which');
  });
});
