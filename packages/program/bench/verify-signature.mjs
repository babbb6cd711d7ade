/** Verifies the signatures of one APK: `node packages/program/bench/verify-signature.mjs app.apk`. */
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { readApkSignatures, readZip } from '@vedette/formats';

const bytes = readFileSync(process.argv[2]);
const host = createNodeHost();
const { value: zip } = readZip(bytes, host);
if (zip === null) throw new Error('no archive');
const { value } = readApkSignatures(bytes, zip, host);
for (const { scheme, verified } of value.signers) process.stdout.write(`${scheme} ${verified}\n`);
// A scheme that newer platforms do not look at may rest on an algorithm that is not checked.
const states = value.signers.map(({ verified }) => verified);
process.exitCode = states.includes('verified') && !states.includes('failed') ? 0 : 1;
