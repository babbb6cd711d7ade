import { attributeOf, inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * An activity that joins another app's task (task hijacking, "StrandHogg"): its task affinity is another package's name.
 * Affinities below the app's own package, empty ones and ones without a dot are the app's own business.
 * Source: Ren et al., Towards Discovering and Understanding Task Hijacking in Android, USENIX Security 2015.
 */
export const foreignTaskAffinity: Rule = {
  id: 'android.manifest.foreign-task-affinity',
  version: 1,
  title: 'An activity places itself in the task of another app',
  why: 'When the user opens that other app, this activity can show up in its place and ask for its password.',
  remedy: 'Remove android:taskAffinity, or set it to the empty string. Do not run the app until its maker explains it.',
  severity: 'medium',
  kind: 'declaration',
  needs: ['manifest'],
  malice: { base: 12, step: 3, max: 18 },
  classes: ['trojan'],
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1417.002'], cwe: ['CWE-1021'] },
  run(image) {
    const manifest = image.manifest;
    if (manifest === null) return null;
    const vendor = manifest.package.split('.').slice(0, 2).join('.');
    return hit(
      manifest.components.flatMap(({ kind, element }) => {
        const affinity = attributeOf(element, 'taskAffinity');
        if (kind !== 'activity' || affinity === undefined || !/^[a-z]\w*(?:\.\w+){2,}$/i.test(affinity)) return [];
        if (affinity === vendor || affinity.startsWith(`${vendor}.`)) return [];
        // Only with reparenting or a task of its own does the activity come to the front with the other app.
        const joins =
          attributeOf(element, 'allowTaskReparenting') === 'true' ||
          /^(?:2|singleTask)$/.test(attributeOf(element, 'launchMode') ?? '');
        return joins ? [inManifest(element, 'joins the task of another package', 'taskAffinity')] : [];
      }),
    );
  },
};
