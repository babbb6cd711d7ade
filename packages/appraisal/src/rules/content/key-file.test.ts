import { testRule } from '../../testing/test-rule.ts';
import { keyFile } from './key-file.ts';

testRule(keyFile, {
  bad: {
    PEM: { files: { 'assets/client.pem': '-----BEGIN RSA PRIVATE KEY-----\nMIIE' }, shows: 'assets/client.pem' },
    'a key store': { files: { 'assets/release.jks': new Uint8Array([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]) } },
  },
  good: {
    'a certificate': { files: { 'assets/ca.pem': '-----BEGIN CERTIFICATE-----\nMIIE' } },
    'a public key': { files: { 'assets/key.pem': '-----BEGIN PUBLIC KEY-----\nMIIE' } },
  },
});
