import type { FleetAuthority } from './fleet-authority.ts';
import type { ListedApp } from './profile.ts';

export interface SimulateFleetOptions {
  /** Base address of the server, without a trailing slash. */
  readonly server: string;
  readonly token: string;
  readonly devices?: number;
  readonly seed?: string;
  /** How far back the replayed history goes; 0 sends only what is so now. */
  readonly historyDays?: number;
  /** How many times faster than in life devices report and change after the history. */
  readonly speed?: number;
  /** Ends after the history. */
  readonly once?: boolean;
  readonly apps?: readonly ListedApp[];
  /** Keeps keys, queues and the plan here, so that the next run continues with the same devices. */
  readonly stateFolder?: string;
  /** Who vouches for the devices; left out: nobody does, and they hand in no statements. */
  readonly authority?: FleetAuthority;
  readonly version: string;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: FleetProgress) => void;
  /**
   * Called before the reports of each slice of the history are sent, with the slice's end in milliseconds since the epoch: a server in the
   * same process sets its clock there, so that it lives through the history as well. Without it the history arrives a day at a time.
   */
  readonly onMoment?: (at: number) => Promise<void>;
}

export interface FleetProgress {
  readonly phase: 'enrol' | 'history' | 'live';
  readonly done: number;
  readonly total: number;
}

export interface FleetSummary {
  readonly devices: number;
  readonly enrolled: number;
  /** Reports the server acknowledged. */
  readonly sent: number;
  /** Statements about devices that the server judged, whatever it made of them. */
  readonly statements: number;
  /** Reports still queued at the end. */
  readonly queued: number;
  /** Why devices stopped or could not start, with how many. */
  readonly refusals: Readonly<Record<string, number>>;
}
