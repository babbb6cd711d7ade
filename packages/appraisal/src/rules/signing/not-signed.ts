import { inFile } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * The signature stage read the whole file and found neither a JAR signature nor a signing block: a fact about the file, not a gap in
 * reading. Where reading stopped early, the source `signature` is not readable and this rule does not run.
 */
export const notSigned: Rule = {
  id: 'android.signing.not-signed',
  version: 1,
  title: 'The app is not signed',
  why: 'Android installs signed apps only. This file was never meant for a phone as it is, or its signature was stripped.',
  remedy: 'Get the app from its maker again.',
  severity: 'high',
  kind: 'weakness',
  needs: ['signature', 'archive'],
  malice: { base: 5 },
  dataRisk: { base: 15 },
  classes: ['test-build'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-347'] },
  run(image) {
    if (image.signers.length > 0) return null;
    // A stage that reports on signatures must say that it is complete; otherwise nobody looked.
    if (!image.stages.some(({ stage, status }) => /sign/i.test(stage) && status === 'complete')) return null;
    return hit([inFile(image.file.name, 'no JAR signature and no APK signing block')]);
  },
};
