import type { Observable } from '@vedette/contracts';
import { addressObservable } from '../stix/observables.ts';
import { observable, type StixObject } from '../stix/stix-object.ts';
import { printable, shortened } from '../text/printable.ts';

const MOST_TEXT = 2_000;
const HASHES = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' } as const;
const CERTIFICATE_HASHES = {
  'certificate-md5': 'MD5',
  'certificate-sha1': 'SHA-1',
  'certificate-sha256': 'SHA-256',
} as const;

/**
 * What a record names, as cyber-observables (STIX 2.1 part 6), a file with its directory. Kinds that the standard has no object for (profiles, system properties, command
 * lines) and values that are not what they claim to be give none: the note says them.
 */
export function recordObservables({ kind, value }: Observable): StixObject[] {
  switch (kind) {
    case 'domain':
    case 'ip':
      return addressObservable(value);
    case 'url':
      return /^[a-z][a-z0-9+.-]{1,30}:\S+$/i.test(value) ? [observable('url', { value: text(value) }, ['value'])] : [];
    case 'email':
      return /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(value)
        ? [observable('email-addr', { value: text(value) }, ['value'])]
        : [];
    case 'path':
      return fileWithDirectory(value);
    case 'file-name':
      return [observable('file', { name: text(value) }, ['name'])];
    case 'process':
      return [observable('process', { command_line: text(value) }, ['command_line'])];
    case 'app':
      return [observable('software', { name: text(value) }, ['name'])];
    case 'md5':
    case 'sha1':
    case 'sha256':
      return hashed('file', HASHES[kind], value);
    case 'certificate-md5':
    case 'certificate-sha1':
    case 'certificate-sha256':
      return hashed('x509-certificate', CERTIFICATE_HASHES[kind], value);
    case 'profile':
    case 'property':
    case 'command':
      return [];
  }
}

function fileWithDirectory(path: string): StixObject[] {
  const end = path.lastIndexOf('/');
  const name = path.slice(end + 1);
  if (name === '') return [observable('directory', { path: text(path) }, ['path'])];
  if (end <= 0) return [observable('file', { name: text(name) }, ['name'])];
  const directory = observable('directory', { path: text(path.slice(0, end)) }, ['path']);
  return [
    directory,
    observable('file', { name: text(name), parent_directory_ref: directory.id }, ['name', 'parent_directory_ref']),
  ];
}

const HEX_LENGTH: Readonly<Record<string, number>> = { MD5: 32, 'SHA-1': 40, 'SHA-256': 64 };

function hashed(type: string, algorithm: string, value: string): StixObject[] {
  const digest = value.toLowerCase().replaceAll(':', '');
  if (digest.length !== HEX_LENGTH[algorithm] || !/^[0-9a-f]+$/.test(digest)) return [];
  return [observable(type, { hashes: { [algorithm]: digest } }, ['hashes'])];
}

function text(value: string): string {
  return shortened(printable(value), MOST_TEXT);
}
