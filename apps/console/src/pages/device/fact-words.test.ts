import { describe, expect, it } from 'vitest';
import { factWords } from './fact-words.ts';

const threats = [
  { type: 'tls-interception', title: 'Encrypted connections are intercepted on Hotel', subject: 'Hotel' },
  { type: 'malicious-app', title: 'Parcel Tracker is malicious', subject: 'com.parcel' },
  { type: 'rooted', title: 'Device is rooted', subject: null },
];

describe('factWords', () => {
  it.each([
    ['lock.screen', 'Screen lock'],
    ['device:integrity.root', 'Root or jailbreak'],
    ['network:tls-interception:Hotel', 'Encrypted connections are intercepted on Hotel'],
    ['app:com.parcel', 'Parcel Tracker is malicious'],
    ['device:rooted', 'Device is rooted'],
    ['network:ssl-strip:Cafe: free', 'SSL strip on Cafe: free'],
    ['app:com.unknown', 'com.unknown'],
    ['odd', 'odd'],
  ])('%s is "%s"', (fact, words) => {
    expect(factWords(fact, threats)).toBe(words);
  });
});
