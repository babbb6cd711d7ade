/** What came back from one request. An unreachable server is an answer too: it decides what the agent does next. */
export type TransportAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      /** `Retry-After` in seconds (RFC 9110 section 10.2.3), null when absent or a date. */
      readonly retryAfterSeconds: number | null;
    }
  | { readonly kind: 'unreachable'; readonly detail: string };

/** Carries one signed message to the server. Never throws: whatever goes wrong on the way is `unreachable`. */
export interface Transport {
  /**
   * @param path one of the contract's agent paths, e.g. `/agent/v1/reports`
   * @param contentType default: that of a compact JWS
   */
  post(path: string, body: string, contentType?: 'application/json'): Promise<TransportAnswer>;
}
