import type { HostTarget } from '../host-target.ts';
import { featuresOf } from './features.ts';
import { MODEL } from './weights.ts';

/** What a trained model is: features are brought to mean 0 and deviation 1, weighed, added, and squeezed between 0 and 1. */
export interface HostModel {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
  /** Probability from which on a host counts as likely bad. */
  readonly threshold: number;
}

/** Asks the trained judge: a logistic regression over how a name is written. */
export function classify(
  target: Pick<HostTarget, 'name' | 'subdomains' | 'suffix'>,
  model: HostModel = MODEL,
): { readonly probability: number; readonly likely: boolean } {
  const sum = featuresOf(target).reduce((total, value, index) => {
    const deviation = model.deviations[index] ?? 1;
    return (
      total + ((value - (model.means[index] ?? 0)) / (deviation === 0 ? 1 : deviation)) * (model.weights[index] ?? 0)
    );
  }, model.bias);
  const probability = 1 / (1 + Math.exp(-sum));
  return { probability, likely: probability >= model.threshold };
}
