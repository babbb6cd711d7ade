import { describe, expect, it } from 'vitest';
import { parseAddress, printAddress, serverAddress } from './adb-address.ts';

describe('addresses', () => {
  it.each([
    ['127.0.0.1:5037', { host: '127.0.0.1', port: 5037 }],
    ['phone.example:5555', { host: 'phone.example', port: 5555 }],
    ['[::1]:5037', { host: '::1', port: 5037 }],
    ['127.0.0.1', null],
    ['127.0.0.1:0', null],
    ['127.0.0.1:65536', null],
    ['::1:5037', null],
    ['http://a:5037', null],
    ['', null],
  ])('%j is %j', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
    if (address !== null) expect(printAddress(address)).toBe(text);
  });

  it('of the server come from the option, then from the variables of adb, then from custom', () => {
    expect(printAddress(serverAddress(undefined, {}))).toBe('127.0.0.1:5037');
    expect(printAddress(serverAddress(undefined, { ANDROID_ADB_SERVER_PORT: '6000' }))).toBe('127.0.0.1:6000');
    expect(printAddress(serverAddress(undefined, { ANDROID_ADB_SERVER_ADDRESS: '::1' }))).toBe('[::1]:5037');
    expect(printAddress(serverAddress(undefined, { ADB_SERVER_SOCKET: 'tcp:7000' }))).toBe('127.0.0.1:7000');
    const env = { ADB_SERVER_SOCKET: 'tcp:192.0.2.1:7000', ANDROID_ADB_SERVER_PORT: '6000' };
    expect(printAddress(serverAddress(undefined, env))).toBe('192.0.2.1:7000');
    expect(printAddress(serverAddress('192.0.2.2:8000', env))).toBe('192.0.2.2:8000');
  });

  it('that are none are refused by name', () => {
    expect(() => serverAddress('nowhere', {})).toThrow('--adb-server “nowhere” is no address; give host:port');
    expect(() => serverAddress(undefined, { ADB_SERVER_SOCKET: 'local:adb' })).toThrow('ADB_SERVER_SOCKET “local:adb”');
  });
});
