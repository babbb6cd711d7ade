/**
 * Appraisals as reports. Each function takes appraisals and gives the whole text of one document, in one order, from nothing but what it is given: the time comes in as
 * an argument, nothing is looked up and nothing fetched. Text of apps is hostile: in every format it is made visible where it would not show or would act, and escaped by
 * that format's own rules in one place (`html/html.ts`, `markdown/escape.ts`, JSON with `text/printable.ts`).
 *
 * JSON is the appraisal itself (`@vedette/contracts`); the text for terminals is in `@vedette/appraisal`, beside the rules whose tests read it.
 */
export { markedPlaces, type RecordBar, type RecordBars, recordsByDay } from './check/records-by-day.ts';
export { type AnsweredCheck, renderCheckHtml } from './check/render-check-html.ts';
export { renderCheckStix } from './check/render-check-stix.ts';
export { renderCycloneDx } from './cyclonedx/render-cyclonedx.ts';
export { renderDifferenceMarkdown } from './difference/render-difference-markdown.ts';
export { renderDifferenceText } from './difference/render-difference-text.ts';
export { renderHtml } from './html/render-html.ts';
export { renderMarkdown } from './markdown/render-markdown.ts';
export { powerOf, powersOf } from './plain-words/powers.ts';
export { classWords, verdictWords } from './plain-words/verdict-words.ts';
export { MOST_SARIF_RUNS, renderSarif } from './sarif/render-sarif.ts';
export { renderStix } from './stix/render-stix.ts';
