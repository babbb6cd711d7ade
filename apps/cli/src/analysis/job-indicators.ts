import type { IndicatorSet } from '@vedette/indicators';
import type { AnalysisJob } from './job.ts';

/** The indicators that a job names, and what a person should know of reading them; null where it names none. Loaded only when asked for. */
export async function jobIndicators({
  indicators,
}: AnalysisJob): Promise<{ readonly set: IndicatorSet | null; readonly notes: readonly string[] }> {
  if (indicators === undefined) return { set: null, notes: [] };
  const { loadIndicators } = await import('@vedette/indicators/node');
  const { set, diagnostics } = await loadIndicators(indicators);
  const [first] = diagnostics;
  if (first === undefined) return { set, notes: [] };
  const more = diagnostics.length === 1 ? '' : ` (and ${diagnostics.length - 1} more; see \`vedette indicators list\`)`;
  return { set, notes: [`indicators: ${first.where ?? ''}: ${first.message}${more}`] };
}
