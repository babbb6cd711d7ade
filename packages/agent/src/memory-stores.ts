import type { AgentState, StateStore } from './agent-state.ts';
import { type DeviceKey, deviceKeyFromPair, generateKeyPair, type KeyStore, type SigningSubtle } from './device-key.ts';
import type { QueueEntry, ReportQueue } from './report-queue.ts';

/** Stores that live as long as the process: for simulated devices and for tests, never for a real device. */
export interface MemoryStores {
  readonly keyStore: KeyStore;
  readonly stateStore: StateStore;
  readonly queue: ReportQueue;
}

/** @param subtle WebCrypto, to make the key */
export function createMemoryStores(subtle: SigningSubtle): MemoryStores {
  let key: DeviceKey | null = null;
  let state: AgentState | null = null;
  const reports = new Map<number, { entry: QueueEntry; jws: string }>();
  return {
    keyStore: {
      load: async () => key,
      async create() {
        key = await deviceKeyFromPair(subtle, await generateKeyPair(subtle, false));
        return key;
      },
    },
    stateStore: {
      load: async () => state,
      async save(next) {
        state = next;
      },
    },
    queue: {
      entries: async () => [...reports.values()].map(({ entry }) => entry).sort((a, b) => a.sequence - b.sequence),
      read: async (sequence) => reports.get(sequence)?.jws ?? null,
      async append(entry, jws) {
        reports.set(entry.sequence, { entry, jws });
      },
      async remove(sequence) {
        reports.delete(sequence);
      },
    },
  };
}
