import type { TunnelConfiguration, TunnelGateway } from '@vedette/contracts';

export type TunnelEndpoint = TunnelGateway['endpoints'][number];

/**
 * What raising tunnels needs of a platform. What may leave the device changes in one step: there is no moment between two calls in which more may leave than either allows.
 */
export interface TunnelPort {
  /**
   * Routes everything that belongs there into a tunnel to this endpoint. From before it stands until `lower`, nothing leaves the device outside it.
   * @throws where the platform has no tunnel, with what a person could do about it
   */
  raise(configuration: TunnelConfiguration, endpoint: TunnelEndpoint): Promise<void>;
  /** Whether the gateway answered, within so long. */
  handshake(withinMs: number): Promise<boolean>;
  /** Whether it answered within the last three minutes, after which WireGuard itself gives a session up. */
  isAlive(): Promise<boolean>;
  /** No tunnel, and nothing leaves the device but addresses of its own network being asked for, and what goes to these. */
  close(exempt: readonly string[]): Promise<void>;
  /** Everything as it was before. Does nothing where nothing was done. */
  lower(): Promise<void>;
}
