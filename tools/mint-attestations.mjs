/**
 * `npm run test:mint [-- FOLDER]`: fresh attestations of every kind from roots that exist in this run alone, valid ones and broken ones, with the command that judges each. For demos and for whoever
 * writes a client: nothing here is trusted by anybody.
 *
 *   FOLDER/key-attestation/valid.pem, revoked.pem, unlocked.pem, …
 *   FOLDER/commands.json     [{ "kind", "name", "args": ["attest", …], "expected": { "ok", "reasons" } }]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode } from './workspace.mjs';

requireNode();
const args = process.argv.slice(2);
// Tests run what is built, and must not build: that is the business of whoever started them.
if (!args.includes('--as-built')) {
  ensureInstalled();
  await ensureBuilt();
}
const mints = await import('@vedette/attestation/testing');
const folder = args.find((arg) => !arg.startsWith('--')) ?? 'attestations';
/** Every statement holds at this time, whenever it is minted. */
const AT = '2026-06-01T00:00:00Z';
const commands = [];

const put = (name, content) => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const base64 = (bytes) => `${Buffer.from(bytes).toString('base64')}\n`;
const add = (kind, name, file, options, reasons) =>
  commands.push({
    kind,
    name,
    args: ['attest', kind, file, '--at', AT, ...options],
    expected: { ok: reasons.length === 0, reasons },
  });

const listing = (entries) => JSON.stringify({ entries }, null, 2);
const challenge = `base64:${Buffer.from(mints.MINT_CHALLENGE).toString('base64')}`;
const revocations = put('key-attestation/revocations.json', listing({}));
const revoked = put(
  'key-attestation/revocations-with-one.json',
  listing({ 17102468: { status: 'REVOKED', reason: 'KEY_COMPROMISE' } }),
);
for (const { name, mint, reasons, list = revocations } of [
  { name: 'valid', mint: {}, reasons: [] },
  { name: 'valid-remote', mint: { provisioning: 'remote' }, reasons: [] },
  { name: 'valid-strongbox', mint: { attestationLevel: 2 }, reasons: [] },
  { name: 'revoked', mint: {}, reasons: ['revoked'], list: revoked },
  { name: 'unlocked', mint: { locked: false, bootState: 2 }, reasons: ['bootloader-unlocked', 'boot-unverified'] },
  { name: 'software', mint: { attestationLevel: 0 }, reasons: ['software-level'] },
  { name: 'imported', mint: { origin: 2 }, reasons: ['key-not-generated'] },
  { name: 'replayed', mint: { challenge: new Uint8Array(32) }, reasons: ['challenge-mismatch'] },
]) {
  const { chain, root } = mints.mintKeyAttestation(mint);
  const file = put(`key-attestation/${name}.pem`, mints.pemOf(chain));
  const roots = put(`key-attestation/${name}-root.pem`, mints.pemOf([root]));
  add('key-attestation', name, file, ['--roots', roots, '--revocations', list, '--challenge', challenge], reasons);
}

for (const { name, mint, reasons } of [
  { name: 'valid', mint: {}, reasons: [] },
  { name: 'development', mint: { environment: 'development' }, reasons: ['wrong-environment'] },
  { name: 'used', mint: { counter: 3 }, reasons: ['counter-not-zero'] },
  { name: 'other-app', mint: { appId: 'ABCDE12345.com.example.other' }, reasons: ['app-mismatch'] },
]) {
  const { statement, root, keyId, publicKey, key } = mints.mintAppAttest(mint);
  const file = put(`app-attest/${name}.cbor`, statement);
  const roots = put(`app-attest/${name}-root.pem`, mints.pemOf([root]));
  const data = new TextDecoder().decode(mints.MINT_CLIENT_DATA);
  const asked = [
    '--roots',
    roots,
    '--app',
    mints.MINT_APP_ID,
    '--challenge',
    data,
    '--key-id',
    Buffer.from(keyId).toString('base64'),
  ];
  add('app-attest', name, file, asked, reasons);
  if (name !== 'valid') continue;
  const keyFile = put('app-attest-assertion/key.txt', base64(publicKey));
  const clientData = put('app-attest-assertion/client-data.json', mints.MINT_CLIENT_DATA);
  const assertion = put('app-attest-assertion/valid.cbor', mints.mintAssertion(key, { counter: 4 }));
  const common = ['--app', mints.MINT_APP_ID, '--key', keyFile, '--client-data', clientData, '--challenge', 'c0ffee'];
  add('app-attest-assertion', 'valid', assertion, [...common, '--counter', '3'], []);
  add('app-attest-assertion', 'replayed', assertion, [...common, '--counter', '4'], ['counter-not-greater']);
}

for (const { name, mint, reasons } of [
  { name: 'valid', mint: {}, reasons: [] },
  { name: 'stale', mint: { nonce: new Uint8Array(32) }, reasons: ['stale'] },
  { name: 'other-device', mint: { serialNumber: 'C02OTHER0001' }, reasons: ['device-mismatch'] },
]) {
  const { chain, root } = mints.mintManagedDevice(mint);
  const file = put(`managed-device/${name}.pem`, mints.pemOf(chain));
  const roots = put(`managed-device/${name}-root.pem`, mints.pemOf([root]));
  const nonce = `base64:${Buffer.from(mints.MINT_NONCE).toString('base64')}`;
  add(
    'managed-device',
    name,
    file,
    ['--roots', roots, '--challenge', nonce, '--device', 'serialNumber=C02TEST00001'],
    reasons,
  );
}

const play = mints.mintPlayKeys();
const decryption = put('play-integrity/decryption-key.txt', base64(play.keys.decryption));
const verification = put('play-integrity/verification-key.txt', base64(play.keys.verification));
const payload = mints.playPayload(Date.parse(AT));
for (const { name, changed, reasons } of [
  { name: 'valid', changed: {}, reasons: [] },
  { name: 'rooted', changed: { deviceIntegrity: {} }, reasons: ['device-integrity'] },
  { name: 'testing', changed: { testingDetails: { isTestingResponse: true } }, reasons: ['testing-response'] },
]) {
  const text = JSON.stringify({ ...payload, ...changed });
  const asked = ['--app', mints.MINT_PLAY_PACKAGE, '--challenge', mints.MINT_PLAY_NONCE];
  const keys = ['--key', verification, '--decryption-key', decryption];
  add(
    'play-integrity',
    name,
    put(`play-integrity/${name}.token`, await mints.mintPlayToken(text, play)),
    [...asked, ...keys],
    reasons,
  );
  add(
    'play-integrity',
    `${name}-answer`,
    put(`play-integrity/${name}.json`, JSON.stringify({ tokenPayloadExternal: JSON.parse(text) })),
    asked,
    reasons,
  );
}

for (const { name, mint, reasons } of [
  { name: 'valid', mint: {}, reasons: [] },
  {
    name: 'rooted',
    mint: { payload: { ctsProfileMatch: false, basicIntegrity: false } },
    reasons: ['basic-integrity', 'cts-profile'],
  },
]) {
  const { jws, root } = mints.mintSafetyNet(mint);
  const nonce = `base64:${Buffer.from(mints.MINT_SAFETYNET_NONCE).toString('base64')}`;
  const roots = put(`safetynet/${name}-root.pem`, mints.pemOf([root]));
  add('safetynet', name, put(`safetynet/${name}.jws`, jws), ['--roots', roots, '--challenge', nonce], reasons);
}

put('commands.json', `${JSON.stringify(commands, null, 2)}\n`);
process.stdout.write(
  `${commands.length} statements in ${folder}; commands.json has the command that judges each, and what it must say\n`,
);
