import type { HostReason, HostRule } from '../reason.ts';

const DEEP = 4;
const LONG_LABEL = 40;
const USUAL_PORTS = new Set(['', '80', '443']);
/** Files that a phone would install or trust. */
const INSTALLED = /\.(apk|apks|xapk|aab|ipa|mobileconfig|mobileprovision|cer|crt|p12|pfx|dmg|pkg|exe|msi|jar)$/i;

/** What is unusual about the host, or about the address it stands in. */
export const structure: HostRule = (target) => {
  const { host, isAddress, subdomains, url, isSharedSuffix, suffix } = target;
  const found: HostReason[] = [];
  const add = (id: string, weight: number, text: string): void => void found.push({ id, weight, text });
  if (isAddress) add('address', 30, 'It is an address without a name.');
  const written = url?.writtenHost ?? target.input.split(/[/?#:]/, 1)[0] ?? '';
  const plainAddress = written.toLowerCase() === host || written.startsWith('[');
  if (isAddress && !plainAddress) add('disguised-address', 45, `The address ${host} is written in an unusual way.`);
  if (subdomains.length >= DEEP)
    add('deep', 20, `It has ${subdomains.length} names in front of the one that was registered.`);
  if (host.split('.').some((label) => label.length > LONG_LABEL)) add('long-label', 15, 'A part of it is very long.');
  if (isSharedSuffix && suffix !== null) add('shared-suffix', 15, `Anybody can have a name under “${suffix}”.`);
  if (url === null) return found;
  if (url.hasUser)
    add(
      'user-in-address',
      /\./.test(url.user) ? 60 : 25,
      url.user === ''
        ? 'It has a part for a user name in front of the host.'
        : `“${url.user.slice(0, 60)}” in front of the @ is no host.`,
    );
  if (!USUAL_PORTS.has(url.port)) add('port', 10, `It asks for port ${url.port}.`);
  if (/%[0-9a-f]{2}/i.test(url.writtenHost)) add('encoded-host', 45, 'The host is written in an encoded way.');
  if (INSTALLED.test(url.path)) add('installs', 25, 'It leads to a file that a phone installs or trusts.');
  if (!/^(https?|wss?)$/.test(url.scheme)) add('scheme', 10, `It is no web address but of “${url.scheme}”.`);
  return found;
};
