import type { Host } from '@vedette/bytes';
import type { StageReport } from './app-image.ts';

/** What one stage hands back: its value, and how far it came. */
export interface StageResult<T> {
  readonly value: T;
  readonly status: StageReport['status'];
  readonly detail: string;
}

/** Parts of an Android app that can be left unread when nobody asks for them. */
export const ANDROID_STAGES = ['resources', 'manifest', 'code', 'native', 'nested', 'signatures'] as const;
export type AndroidStage = (typeof ANDROID_STAGES)[number];

export interface Stages {
  readonly reports: readonly StageReport[];
  run<T>(stage: string, progress: number, work: () => StageResult<T>): T;
  /** The same for a stage that may not be asked for: then it gives `instead`, and the report says so. */
  runIfWanted<T>(stage: AndroidStage, progress: number, instead: T, work: () => StageResult<T>): T;
}

/** Runs the stages of reading one after another, tells how far they are, and keeps what each did. `only`: the stages wanted; all, if left out. */
export function createStages(
  host: Host,
  onStage?: (stage: string, progress: number) => void,
  only?: readonly AndroidStage[],
): Stages {
  const reports: StageReport[] = [];
  const stages: Stages = {
    reports,
    runIfWanted(stage, progress, instead, work) {
      if (only === undefined || only.includes(stage)) return stages.run(stage, progress, work);
      reports.push({ stage, status: 'skipped', detail: 'not asked for', elapsedMs: 0 });
      return instead;
    },
    run(stage, progress, work) {
      onStage?.(stage, progress);
      const started = host.now();
      const { value, status, detail } = work();
      reports.push({ stage, status, detail, elapsedMs: Math.max(0, host.now() - started) });
      return value;
    },
  };
  return stages;
}
