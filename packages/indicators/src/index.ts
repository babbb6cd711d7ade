export { type Feed, readFeeds } from './feeds/feed.ts';
export { guessKinds, refang } from './guess-kinds.ts';
export type { Indicator, IndicatorList } from './indicator.ts';
export { createIndicatorSet, type IndicatorSet, type ListSummary } from './indicator-set.ts';
export { normalise } from './normalise.ts';
export { kindOfLabel, readCsvList, readFamilies, readPlainList } from './read-lists.ts';
export { readStix } from './read-stix.ts';
export { type Comparison, type PatternResult, readStixPattern } from './stix-pattern.ts';
