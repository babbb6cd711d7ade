import type { Observation } from '@vedette/contracts';
import type { Cell } from '../cell.ts';
import { MODEL_SUPPORT, MODELS_AS_OF } from '../data/model-support-table.ts';
import { SUPPORT_TABLE_VALID_DAYS } from '../data/os-support.ts';
import type { EvidenceView } from '../evidence-view.ts';
import type { Answer } from '../question.ts';
import { daysBetween } from './patch-level.ts';

/**
 * `os.device-support`: whether the maker still publishes security updates for the model. Models that the table does not know
 * are unknown. Apple's updates name the devices they are for: there `os.version` answers this.
 */
export const DEVICE_SUPPORT: Cell = {
  id: 'os.device-support',
  platforms: ['android'],
  questions: [{ keys: ['getprop.ro.product.model', 'agent.model'], artefacts: ['getprop'], read: readModel }],
};

function readModel({ value }: Observation, view: EvidenceView): Answer | null {
  const model = value.trim().toLowerCase();
  const brand = (view.evidence.facts.manufacturer ?? '').trim().toLowerCase();
  // Fairphones call themselves FP4, others leave out their maker.
  const names = [model, `${brand} ${model}`, model.replace(/^fp(?=\d)/, 'fairphone ')];
  const end = names.map((name) => MODEL_SUPPORT.get(name)).find((date) => date !== undefined);
  const { now } = view.context;
  if (end === undefined) return null;
  if (end === 'ended') return ended(`ended before ${MODELS_AS_OF}`);
  if (end !== null) {
    if (daysBetween(end, now) > 0) return ended(`ended on ${end}`);
    return { status: 'ok', text: `until ${end}` };
  }
  // Nobody announced an end: that is believed for as long as the table is young.
  return daysBetween(MODELS_AS_OF, now) > SUPPORT_TABLE_VALID_DAYS
    ? null
    : { status: 'ok', text: `no end announced by ${MODELS_AS_OF}` };
}

function ended(when: string): Answer {
  return {
    status: 'bad',
    text: when,
    reason: `Security updates of this model ${when}.`,
    rule: 'device.model.unsupported',
  };
}
