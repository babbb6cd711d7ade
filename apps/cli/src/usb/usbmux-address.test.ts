import { describe, expect, it } from 'vitest';
import { printUsbmuxAddress, usbmuxAddress } from './usbmux-address.ts';

const named = (address: string) => usbmuxAddress({ USBMUXD_SOCKET_ADDRESS: address }, 'linux');

describe('the address of usbmuxd', () => {
  it('is the place of the system where nothing is said', () => {
    expect(usbmuxAddress({}, 'linux')).toEqual({ path: '/var/run/usbmuxd' });
    expect(usbmuxAddress({ USBMUXD_SOCKET_ADDRESS: '' }, 'darwin')).toEqual({ path: '/var/run/usbmuxd' });
    expect(usbmuxAddress({}, 'win32')).toEqual({ host: '127.0.0.1', port: 27_015 });
  });

  it.each([
    ['127.0.0.1:27015', { host: '127.0.0.1', port: 27_015 }],
    ['[::1]:5', { host: '::1', port: 5 }],
    ['build-host:1', { host: 'build-host', port: 1 }],
    ['UNIX:/run/x', { path: '/run/x' }],
  ])('reads %s as libusbmuxd does, and prints it', (text, address) => {
    expect(named(text)).toEqual(address);
    expect(printUsbmuxAddress(address)).toBe(text.replace('UNIX:', ''));
  });

  it.each(['27015', 'host:', 'host:0', 'host:65536', ':5', 'UNIX:', `UNIX:/${'x'.repeat(200)}`, 'a b:5'])(
    'refuses “%s”',
    (text) => expect(() => named(text)).toThrow('is no address; give UNIX:PATH or HOST:PORT'),
  );
});
