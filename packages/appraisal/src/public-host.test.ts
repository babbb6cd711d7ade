import { expect, it } from 'vitest';
import { isPublicHost } from './public-host.ts';

it.each([
  ['198.51.100.7', true, false],
  ['10.1.2.3', true, false],
  ['172.31.0.1', true, false],
  ['172.32.0.1', true, true],
  ['192.168.1.1', true, false],
  ['127.0.0.1', true, false],
  ['8.8.8.8', true, true],
  ['fe80::1', true, false],
  ['::1', true, false],
  ['2606:4700::1111', true, true],
  ['www.example.com', false, false],
  ['vedette.io', false, true],
  ['notexample.com', false, true],
])('%s (an address: %s) is public: %s', (host, isIp, expected) => {
  expect(isPublicHost({ host, isIp })).toBe(expected);
});
