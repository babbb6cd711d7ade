import type { Appraisal, AppSigner } from '@vedette/contracts';
import { shortened } from '../text/printable.ts';
import { observable, type StixObject } from './stix-object.ts';

const MOST_HOSTS = 200;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const IPV6 = /^(?=.{2,45}$)(?=(?:[^:]*:){2})[0-9a-f:]+(?:%25[a-z0-9]+)?$/i;

export function fileObservable({ file }: Appraisal): StixObject {
  return observable('file', { hashes: { 'SHA-256': file.sha256 }, size: file.size, name: shortened(file.name, 300) }, [
    'hashes',
    'name',
  ]);
}

/** The app by its package, which is its name among apps. */
export function softwareObservable({ app, file }: Appraisal): StixObject {
  return observable(
    'software',
    {
      name: shortened(app.package || file.name, 300),
      ...(app.versionName === null ? {} : { version: shortened(app.versionName, 100) }),
    },
    ['name', 'version'],
  );
}

/** Each certificate once. */
export function certificateObservables({ app }: Appraisal): StixObject[] {
  const byHash = new Map<string, AppSigner>(app.signers.map((signer) => [signer.sha256, signer]));
  return [...byHash.values()].map(({ sha256, subject, issuer, notBefore, notAfter }) =>
    observable(
      'x509-certificate',
      {
        hashes: { 'SHA-256': sha256 },
        subject: shortened(subject, 500),
        issuer: shortened(issuer, 500),
        ...(notBefore === null ? {} : { validity_not_before: notBefore }),
        ...(notAfter === null ? {} : { validity_not_after: notAfter }),
      },
      ['hashes'],
    ),
  );
}

/** Hosts that the app names, those that are names or addresses at all: at most 200. They are what was seen, and indicate nothing. */
export function hostObservables({ app }: Appraisal): StixObject[] {
  return app.hosts.flatMap(({ host }) => addressObservable(host)).slice(0, MOST_HOSTS);
}

/** A name or address of a host; none for what is neither. */
export function addressObservable(host: string): StixObject[] {
  const value = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  const type = IPV4.test(value)
    ? 'ipv4-addr'
    : IPV6.test(value)
      ? 'ipv6-addr'
      : DOMAIN.test(value)
        ? 'domain-name'
        : null;
  return type === null ? [] : [observable(type, { value }, ['value'])];
}
