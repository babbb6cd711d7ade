import type { Ciphers, Host } from '@vedette/bytes';
import type { RecordListener } from './evidence-builder.ts';
import type { EvidenceTree } from './evidence-tree.ts';

/** Largest single file read, in bytes: bug reports stay below 500 MB. */
export const MAX_EVIDENCE_FILE_BYTES = 768 * 1024 * 1024;

export interface ReadOptions {
  /** When the evidence was collected (ISO 8601), where the caller knows better than the evidence. */
  readonly collectedAt?: string;
  /** The present (ISO 8601); dates evidence that has no date of its own. */
  readonly now: string;
  /** Called now and then with the part of the largest file that was read, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** Opens an archive found among the evidence; without it such archives stay closed. */
  readonly openArchive?: (bytes: Uint8Array) => EvidenceTree | null;
  /** Unpacks what is packed inside of a file; without it such files stay closed. */
  readonly host?: Pick<Host, 'inflateRaw'>;
  /** For encrypted backups: what their owner set. Never part of a message or a report. */
  readonly password?: string;
  /** Left out: encrypted backups stay closed. */
  readonly ciphers?: Ciphers;
  /** Sees every record as it is read, those too that the timeline has no room for. */
  readonly onRecord?: RecordListener;
}
