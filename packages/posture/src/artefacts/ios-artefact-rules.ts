import { type ArtefactRule, fixtureRecord } from './artefact-rule.ts';

/** Rules about records of iOS evidence. */
export const IOS_ARTEFACT_RULES: readonly ArtefactRule[] = [
  {
    id: 'device.artefact.apple-threat-notification',
    version: 1,
    artefacts: ['ios.sms'],
    title: 'Apple warned the owner of an attack',
    severity: 'high',
    description: 'Apple writes such messages to people whom it believes to be targets of mercenary spyware.',
    remedy: 'Turn on Lockdown Mode and get help from a security lab that serves people at risk.',
    mappings: { attack: ['T1660'] },
    test: ({ fields }) =>
      /\bALERT: State-sponsored attackers may be targeting your iPhone\b|\bApple detected a targeted mercenary spyware attack\b/i.test(
        fields?.['text'] ?? '',
      )
        ? 'the wording of Apple’s notification'
        : null,
    fixtures: {
      bad: fixtureRecord('ios.sms', { text: 'ALERT: State-sponsored attackers may be targeting your iPhone' }),
      good: fixtureRecord('ios.sms', { text: 'See you at the station' }),
    },
  },
];
