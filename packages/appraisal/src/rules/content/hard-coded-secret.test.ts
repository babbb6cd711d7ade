import { expect, it } from 'vitest';
import { fakeApp } from '../../testing/fake-app.ts';
import { runOn, testRule } from '../../testing/test-rule.ts';
import { hardCodedSecret } from './hard-coded-secret.ts';

const codeOf = (value: string) => [{ name: 'com.example.app.A', methods: { 'run()V': [`string ${value}`] } }];
// Put together here, so that no scanner takes this file for a leak.
const AWS = `AKIA${'IOSFODNN7EXAMPLE'.slice(0, 16)}`;
const STRIPE = ['sk', 'live', 'a'.repeat(24)].join('_');

testRule(hardCodedSecret, {
  bad: {
    'an AWS access key id': { code: codeOf(AWS), shows: 'AWS' },
    'a Stripe key': { code: codeOf(STRIPE), shows: 'Stripe' },
    'a private key': { code: codeOf(`-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}`), shows: 'private key' },
  },
  good: {
    'a public Google key': { code: codeOf(`AIza${'b'.repeat(35)}`) },
    'the heading of a key, which a parser looks for': { code: codeOf('-----BEGIN PRIVATE KEY-----') },
    'a publishable key': { code: codeOf(['pk', 'live', 'a'.repeat(24)].join('_')) },
  },
});

it('does not print the secret', () => {
  const found = runOn(hardCodedSecret, fakeApp({ code: codeOf(STRIPE) }));
  expect(JSON.stringify(found)).not.toContain(STRIPE);
});
