import { describe, expect, it } from 'vitest';
import {
  ageWords,
  counted,
  durationWords,
  exactTime,
  formatBytes,
  formatCount,
  relativeTime,
  shortHash,
  wordsOf,
} from './format.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');

describe('ageWords', () => {
  it.each([
    [0, 'from just now'],
    [44.9, 'from just now'],
    [45, '45 seconds old'],
    [7200, '2 hours old'],
  ])('%d s is "%s"', (seconds, words) => {
    expect(ageWords(seconds)).toBe(words);
  });
});

describe('durationWords', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [7200, '2 hours'],
    [86_400 * 9, '9 days'],
    [86_400 * 92, '3 months'],
    [86_400 * 800, '2 years'],
    [-5, '0 seconds'],
  ])('%d s is "%s"', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});

describe('relativeTime', () => {
  it('speaks of past, present and future', () => {
    expect(relativeTime('2026-11-22T11:59:40.000Z', NOW)).toBe('just now');
    expect(relativeTime('2026-11-13T12:00:00.000Z', NOW)).toBe('9 days ago');
    expect(relativeTime('2026-11-22T15:00:00.000Z', NOW)).toBe('in 3 hours');
  });
  it('gives back what it cannot read', () => {
    expect(relativeTime('yesterday', NOW)).toBe('yesterday');
  });
});

describe('exactTime', () => {
  it('names the zone', () => {
    expect(exactTime('2026-11-22T18:04:09.000Z', 'UTC')).toBe('22 Nov 2026, 18:04:09 UTC');
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1_468_006, '1.4 MiB'],
    [536_870_912, '512 MiB'],
    [Number.NaN, 'unknown size'],
    [-1, 'unknown size'],
  ])('%d is "%s"', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});

describe('small words', () => {
  it('groups and counts', () => {
    expect(formatCount(12480)).toBe('12,480');
    expect(counted(1, 'device')).toBe('1 device');
    expect(counted(2, 'device')).toBe('2 devices');
    expect(counted(0, 'silent stretch', 'silent stretches')).toBe('0 silent stretches');
  });
  it('shortens long hashes only', () => {
    expect(shortHash('abcdef')).toBe('abcdef');
    expect(shortHash('0123456789abcdef0123456789abcdef')).toBe('01234567…cdef');
  });
  it('makes words of ids', () => {
    expect(wordsOf('tls-interception')).toBe('TLS interception');
    expect(wordsOf('')).toBe('');
  });
});
