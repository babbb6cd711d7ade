/** One opened service of the device, as its stream sees it. */
export interface DeviceService {
  /** Bytes of the host. */
  receive(bytes: Uint8Array): void;
}

/** What a service may do. Bytes are cut to the size the host takes and sent as it acknowledges them. */
export interface ServiceStream {
  send(bytes: Uint8Array): void;
  /** Closes the stream once everything was sent. */
  end(): void;
}

export type OpenService = (stream: ServiceStream) => DeviceService;
