import type { Rule } from '../rule.ts';

/** A rule about what others published. It has no `run`: it is held against a finished appraisal (`applyIndicators`), since lists change and apps do not. */
export type IndicatorRule = Omit<Rule, 'run'> & { readonly kind: 'reputation' };

const COMMON = {
  version: 1,
  kind: 'reputation',
  needs: [],
  remedy: 'Remove the app, and have an analyst look at the phones that have it. Read what the list says of it.',
} as const;

/** The file itself is named: as sure as the list is. */
export const FILE_LISTED: IndicatorRule = {
  ...COMMON,
  id: 'app.indicator.file',
  title: 'A list of indicators names this very file',
  why: 'Somebody examined this file, bit for bit, and published it as harmful.',
  severity: 'critical',
  malice: { base: 60 },
  classes: ['denylisted'],
  mappings: {},
};

/** Whoever holds a key can sign anything with it, and nobody else can. */
export const SIGNER_LISTED: IndicatorRule = {
  ...COMMON,
  id: 'app.indicator.signer',
  title: 'A list of indicators names the key that signed this app',
  why: 'Other apps by the same key were published as harmful. Keys that everybody has (test keys) say nothing; lists should not hold them.',
  severity: 'critical',
  malice: { base: 52 },
  classes: ['denylisted'],
  mappings: {},
};

/** Names are free to choose: an honest app may have been there first. */
export const PACKAGE_LISTED: IndicatorRule = {
  ...COMMON,
  id: 'app.indicator.package',
  title: 'A list of indicators names the package of this app',
  why: 'Apps of this name were published as harmful. Anybody can give an app any name, so this alone does not prove it.',
  severity: 'high',
  malice: { base: 30 },
  classes: ['denylisted'],
  mappings: {},
};

/** A host in the code: what the app may talk to, not what it did. */
export const HOST_LISTED: IndicatorRule = {
  ...COMMON,
  id: 'app.indicator.host',
  title: 'The app holds addresses of hosts that a list of indicators names',
  why: 'Servers behind harmful apps were published under these names. Security apps hold such names in order to block them.',
  remedy: 'Block the hosts, and look who else talks to them.',
  severity: 'high',
  malice: { base: 22, step: 4, max: 34 },
  classes: ['denylisted'],
  mappings: { attack: ['T1437'] },
};

export const INDICATOR_RULES: readonly IndicatorRule[] = [FILE_LISTED, SIGNER_LISTED, PACKAGE_LISTED, HOST_LISTED];
