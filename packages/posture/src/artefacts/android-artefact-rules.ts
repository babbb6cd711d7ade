import { type ArtefactRule, fixtureRecord } from './artefact-rule.ts';

/** Rules about records of Android evidence. */
export const ANDROID_ARTEFACT_RULES: readonly ArtefactRule[] = [
  {
    id: 'device.artefact.app-downgraded',
    version: 1,
    artefacts: ['android.battery-daily'],
    title: 'An app was replaced by an older version',
    severity: 'medium',
    description:
      'Stores only ever update. An older version comes back to use a weakness that was repaired, or from a backup.',
    remedy: 'Ask the owner whether they did it; install the present version from the store.',
    mappings: { attack: ['T1407'] },
    test: ({ fields }) => (fields?.['change'] === 'downgrade' ? 'the version number fell' : null),
    fixtures: {
      bad: fixtureRecord('android.battery-daily', { change: 'downgrade', package: 'org.example.app' }),
      good: fixtureRecord('android.battery-daily', { change: 'update', package: 'org.example.app' }),
    },
  },
];
