import type { EvidenceBuilder } from '../evidence-builder.ts';

/** States what names the phone, as facts and as observations that signals look at. */
export function stateIphone(
  builder: EvidenceBuilder,
  file: string,
  { version, model, name, build }: Readonly<Record<'version' | 'model' | 'name' | 'build', string | null>>,
): void {
  builder.fact('platform', 'ios');
  builder.fact('manufacturer', 'Apple');
  builder.fact('model', name ?? model ?? '');
  builder.fact('osVersion', version ?? '');
  builder.fact('build', build ?? '');
  if (version !== null) builder.observe('ios.version', version, { file });
  if (model !== null) builder.observe('ios.model', model, { file });
}
