import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem } from '../../http/problem.ts';

export interface Uploaded {
  readonly sha256: string;
  readonly size: number;
  readonly path: string;
}

/** Where the app of a job waits for its analysis. Each job has a file of its own, so that one that ends does not take another's. */
export function uploadPath(dataFolder: string, sha256: string, jobId: string): string {
  return join(dataFolder, 'uploads', `${sha256}.${jobId}`);
}

/**
 * Streams a body to disk, hashing it on the way. Nothing is left behind when it fails.
 * @throws HttpProblem 413 `too-large`, 422 `empty`, 507 `disk-full`
 */
export async function receiveUpload(
  body: Readable,
  dataFolder: string,
  jobId: string,
  mostBytes: number,
): Promise<Uploaded> {
  const partial = join(dataFolder, 'uploads', `${jobId}.part`);
  const hash = createHash('sha256');
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > mostBytes) return done(tooLarge(mostBytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(body, count, createWriteStream(partial, { mode: 0o600, flags: 'wx' }));
    if (size === 0) throw problem(422, 'empty', 'The file is empty');
    const sha256 = hash.digest('hex');
    const path = uploadPath(dataFolder, sha256, jobId);
    await rename(partial, path);
    return { sha256, size, path };
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
      throw problem(507, 'disk-full', "The server's disk is full: ask its administrator to free some space");
    throw error;
  }
}

export function tooLarge(mostBytes: number) {
  return problem(413, 'too-large', `The file is larger than ${Math.floor(mostBytes / 1024 / 1024)} MiB`);
}
