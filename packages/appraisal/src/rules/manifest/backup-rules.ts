import type { XmlElement } from '@vedette/formats';
import { attributeOf, inManifest } from '../../evidence.ts';
import { descendants } from '../../network-security-config.ts';
import { isYes, xmlAttribute } from '../../resource-xml.ts';
import { type Finder, manifestTable } from '../../rule-table.ts';
import { anyOf } from '../code/find-calls.ts';
import { inResources } from './find-elements.ts';

const WHOLE = /^(?:\.|\.?\/|)$/;

/** Elements that take a whole kind of data and leave nothing of it out. */
function takesAll(section: XmlElement): readonly { readonly element: XmlElement; readonly note: string }[] {
  const excluded = new Set(descendants(section, 'exclude').map((element) => xmlAttribute(element, 'domain')));
  return descendants(section, 'include').flatMap((element) => {
    const domain = xmlAttribute(element, 'domain') ?? '';
    if (!/^(?:root|database|sharedpref)$/.test(domain) || excluded.has(domain)) return [];
    return WHOLE.test(xmlAttribute(element, 'path') ?? '')
      ? [{ element, note: `<${section.name}> takes all of ${domain}` }]
      : [];
  });
}

const allData: Finder = anyOf(
  inResources('full-backup-content', ({ root }) => takesAll(root)),
  inResources('data-extraction-rules', ({ root }) =>
    root.children.filter(({ name }) => name === 'cloud-backup').flatMap(takesAll),
  ),
);

/** What is copied off the phone. Source: Android, back up user data with Auto Backup. */
export const BACKUP_RULES = manifestTable('manifest', [
  {
    name: 'backup-without-rules',
    title: 'All data of the app is copied to the owner’s cloud and to new phones',
    why: 'The app allows backup and does not say what to leave out: sessions, tokens and caches go along.',
    remedy: 'Name what may be copied in android:dataExtractionRules, and leave secrets out.',
    points: 0.5,
    masvs: ['STORAGE-2'],
    cwe: [530],
    find: ({ manifest }) => {
      const application = manifest?.application ?? null;
      if (manifest?.allowBackup !== true || application === null || (manifest.targetSdk ?? 0) < 31) return [];
      const isRuled = ['dataExtractionRules', 'fullBackupContent', 'backupAgent'].some(
        (name) => attributeOf(application, name) !== undefined,
      );
      return isRuled ? [] : [inManifest(application, 'backup is allowed, and no rules are named', 'allowBackup')];
    },
  },
  {
    name: 'backup-takes-everything',
    title: 'The rules for backup take whole kinds of data',
    why: 'Databases, preferences or everything are copied, and nothing of it is left out, secrets included.',
    remedy: 'Exclude what holds secrets.',
    points: 0.5,
    masvs: ['STORAGE-2'],
    cwe: [530],
    needs: ['manifest', 'archive'],
    find: allData,
  },
  {
    name: 'backup-may-be-unencrypted',
    title: 'The app’s data may be copied to the cloud without a key of the owner’s',
    why: 'On phones without a screen lock the copy is not encrypted by a secret that only the owner has. It judges nothing.',
    remedy: 'Set disableIfNoEncryptionCapabilities="true" in <cloud-backup>.',
    masvs: ['STORAGE-2'],
    needs: ['manifest', 'archive'],
    find: inResources('data-extraction-rules', ({ root }) =>
      root.children
        .filter(({ name }) => name === 'cloud-backup')
        .filter((element) => descendants(element, 'include').length > 0)
        .filter((element) => !isYes(xmlAttribute(element, 'disableIfNoEncryptionCapabilities')))
        .map((element) => ({ element, note: '<cloud-backup> asks for no encryption' })),
    ),
  },
]);
