export { type LoadedIndicators, loadIndicators } from './load-indicators.ts';
