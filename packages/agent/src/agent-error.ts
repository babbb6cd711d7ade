/** Every way the agent's own house can be out of order. What a server or a network does is a return value, never an error. */
export type AgentErrorCode =
  | 'not-enrolled'
  | 'no-key'
  | 'key-damaged'
  | 'state-damaged'
  | 'state-locked'
  | 'link-invalid'
  | 'server-invalid'
  | 'plain-http'
  | 'evidence-invalid';

export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: AgentErrorCode;

  constructor(code: AgentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
