import type { ConnectorKind, Delivery, DeliveryOutcome } from '@vedette/contracts';

/** What a test message says about itself. */
export interface TestMessage {
  /** Unique per test. */
  readonly idempotencyKey: string;
  readonly organisation: string;
  /** ISO 8601. */
  readonly at: string;
  /** Address of the console. */
  readonly link: string;
}

/**
 * Carries deliveries to one outside system. Never throws for what the other side or the network does: that is the outcome.
 * Carrying the same delivery twice is harmless where the receiver keeps keys: `idempotencyKey` is the same both times.
 */
export interface Connector {
  readonly kind: ConnectorKind;
  /** @param signal ends the attempt early; the outcome is then `retry` */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome>;
  /** Sends a message marked as a test. */
  sendTest(message: TestMessage, signal: AbortSignal): Promise<DeliveryOutcome>;
}
