import { describe, expect, it } from 'vitest';
import { factWords } from './fact-words.ts';

const open = { state: 'open' } as const;
const threats = [
  {
    ...open,
    id: '1',
    type: 'tls-interception',
    title: 'Encrypted connections are intercepted on Hotel',
    subject: 'Hotel',
  },
  { ...open, id: '2', type: 'malicious-app', title: 'Parcel Tracker is malicious', subject: 'com.parcel' },
  { ...open, id: '3', type: 'risky-app', title: 'Parcel Tracker handles data carelessly', subject: 'com.parcel' },
  { ...open, id: '4', type: 'rooted', title: 'Device is rooted', subject: null },
  { id: '5', state: 'resolved', type: 'suspicious-app', title: 'An old threat', subject: 'com.again' } as const,
  { ...open, id: '6', type: 'malicious-app', title: 'The new threat', subject: 'com.again' },
];

describe('factWords', () => {
  it.each([
    ['lock.screen', 'Screen lock', null],
    ['device:integrity.root', 'Root or jailbreak', null],
    ['network:tls-interception:Hotel', 'Encrypted connections are intercepted on Hotel', '1'],
    ['app:com.parcel', 'Parcel Tracker is malicious', '2'],
    ['app:com.parcel:data-risk', 'Parcel Tracker handles data carelessly', '3'],
    ['device:rooted', 'Device is rooted', '4'],
    ['app:com.again', 'The new threat', '6'],
    ['network:ssl-strip:Cafe: free', 'SSL strip on Cafe: free', null],
    ['app:com.unknown', 'com.unknown', null],
    ['app:com.unknown:data-risk', 'the data risk of com.unknown', null],
    ['odd', 'odd', null],
  ])('%s is "%s"', (fact, words, threatId) => {
    expect(factWords(fact, threats)).toEqual({ words, threatId });
  });
});
