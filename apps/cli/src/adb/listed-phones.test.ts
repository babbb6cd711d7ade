import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePhone, readListedPhones } from './listed-phones.ts';

const TWO = `R58M123ABC             device usb:1-4 product:beyond model:SM_G973F device:beyond1 transport_id:3
192.0.2.7:5555         unauthorized transport_id:12
`;

describe('the list of an adb server', () => {
  it('is read with model and transport, whatever the state', () => {
    expect(readListedPhones(TWO)).toEqual([
      { serial: 'R58M123ABC', state: 'device', model: 'SM_G973F', transportId: 3n },
      { serial: '192.0.2.7:5555', state: 'unauthorized', model: null, transportId: 12n },
    ]);
    const [refused] = readListedPhones(
      '0123 no permissions (user in plugdev group; are your udev rules wrong?); see [x]\n',
    );
    expect(refused).toEqual({ serial: '0123', state: 'no permissions', model: null, transportId: null });
  });

  it('gives the phone that is named, or the only one', () => {
    expect(choosePhone(readListedPhones(TWO), 'R58M123ABC').transportId).toBe(3n);
    expect(choosePhone(readListedPhones('A device transport_id:1'), null).serial).toBe('A');
  });

  it.each([
    [
      TWO,
      null,
      'several phones are connected: R58M123ABC (SM_G973F), 192.0.2.7:5555 (unauthorized); say which with --adb SERIAL',
    ],
    [TWO, 'X', 'no phone X is connected to adb; connected are R58M123ABC (SM_G973F), 192.0.2.7:5555 (unauthorized)'],
    [TWO, '192.0.2.7:5555', 'phone 192.0.2.7:5555 has not allowed this computer'],
    ['', null, 'no phone is connected to adb'],
    ['', 'X', 'no phone X is connected to adb; no phone is connected'],
    ['A offline transport_id:1', null, 'phone A is offline'],
    ['A no permissions; see [x]', null, 'phone A may not be opened by this user'],
    ['A recovery transport_id:1', null, 'in recovery mode'],
    ['A authorizing transport_id:1', null, 'still being connected'],
    ['A strange transport_id:1', null, 'phone A is not ready (unknown)'],
  ])('says of %j with serial %j what to do', (list, serial, message) => {
    expect(() => choosePhone(readListedPhones(list), serial)).toThrow(message);
  });

  it('is read to the end, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { serial, state } of readListedPhones(text))
          expect([serial === '', state === '']).toEqual([false, false]);
      }),
    );
  });
});
