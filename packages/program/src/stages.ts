import type { Host } from '@vedette/bytes';
import type { StageReport } from './app-image.ts';

/** What one stage hands back: its value, and how far it came. */
export interface StageResult<T> {
  readonly value: T;
  readonly status: StageReport['status'];
  readonly detail: string;
}

export interface Stages {
  readonly reports: readonly StageReport[];
  run<T>(stage: string, progress: number, work: () => StageResult<T>): T;
}

/** Runs the stages of reading one after another, tells how far they are, and keeps what each did. */
export function createStages(host: Host, onStage?: (stage: string, progress: number) => void): Stages {
  const reports: StageReport[] = [];
  return {
    reports,
    run(stage, progress, work) {
      onStage?.(stage, progress);
      const started = host.now();
      const { value, status, detail } = work();
      reports.push({ stage, status, detail, elapsedMs: Math.max(0, host.now() - started) });
      return value;
    },
  };
}
