import { besides, ownCalls } from '../../call-groups.ts';
import { atCall } from '../../evidence.ts';
import { asksFor } from '../../manifest-queries.ts';
import { hit, type Rule } from '../../rule.ts';

/** One class lists folders, encrypts, and deletes files, in an app that may write shared storage. */
export const encryptsFiles: Rule = {
  id: 'android.behaviour.encrypts-files',
  version: 1,
  title: 'One class lists folders, encrypts, and deletes files',
  why: 'Extortion encrypts what it finds and deletes the originals. Vaults and backup apps have the same parts, one file at a time.',
  remedy: 'Do not grant access to files before the app’s purpose is clear.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['manifest', 'code'],
  malice: { base: 12 },
  classes: ['ransomware'],
  mappings: { masvs: ['MASVS-STORAGE-1'], attack: ['T1471', 'T1420'] },
  run(image, ctx) {
    if (!asksFor(image, 'WRITE_EXTERNAL_STORAGE', 'MANAGE_EXTERNAL_STORAGE')) return null;
    const lists = ownCalls(ctx, [
      { class: 'java.io.File', name: 'listFiles' },
      { class: 'java.io.File', name: 'list' },
    ]);
    const encrypts = ownCalls(ctx, [
      { class: 'javax.crypto.Cipher', name: 'doFinal' },
      { class: 'javax.crypto.CipherOutputStream', name: '<init>' },
    ]);
    const deletes = ownCalls(ctx, [{ class: 'java.io.File', name: 'delete' }]);
    const together = besides(besides(encrypts, lists), deletes);
    if (together.length === 0) return null;
    return hit([
      ...together.map((call) => atCall(call, 'encrypts or decrypts')),
      ...besides(lists, together).map((call) => atCall(call, 'lists a folder, in the same class')),
      ...besides(deletes, together).map((call) => atCall(call, 'deletes a file, in the same class')),
    ]);
  },
};
