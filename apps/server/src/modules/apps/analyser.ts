/**
 * Program of the analyser's process: reads one app from standard input, which is the open file, and says on standard output what it found. It is started with
 * no environment, may read only code (Node's permission model), may write nothing and start nothing; a crash or an endless loop here costs one job.
 */

import { readFileSync, writeSync } from 'node:fs';
import { appraise } from '@vedette/appraisal';
import { createNodeHost } from '@vedette/bytes/node';
import { readAppImage } from '@vedette/program';
import type { AnalyserMessage } from './analyser-message.ts';

/** Of the whole work, how much is reading; the rest is rules. */
const READING_SHARE = 0.6;
const REASON_LENGTH = 1000;
const STAGE_LENGTH = 100;
const STDIN = 0;
const STDOUT = 1;

function say(message: AnalyserMessage): void {
  const line = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let written = 0; written < line.length; ) written += writeSome(line, written);
}

/** The pipe may be non-blocking: full then means again, not failed. */
function writeSome(line: Buffer, from: number): number {
  try {
    return writeSync(STDOUT, line, from);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}

const [name = 'app', version = '0', now = new Date().toISOString()] = process.argv.slice(2);
const { value: image, diagnostics } = readAppImage(readFileSync(STDIN), {
  name,
  host: createNodeHost(),
  onStage: (stage, progress) =>
    say({ type: 'progress', stage: stage.slice(0, STAGE_LENGTH), progress: progress * READING_SHARE }),
});
if (image === null) {
  const reason = diagnostics[0]?.message ?? 'The file is not an app that can be read here';
  say({ type: 'rejected', reason: reason.slice(0, REASON_LENGTH) });
} else {
  const appraisal = appraise(image, {
    version,
    now,
    onProgress: ({ done, total }) => {
      const progress = READING_SHARE + ((1 - READING_SHARE) * done) / Math.max(1, total);
      say({ type: 'progress', stage: 'rules', progress });
    },
  });
  say({ type: 'done', appraisal });
}
