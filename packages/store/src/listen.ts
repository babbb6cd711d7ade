import pg from 'pg';

const RECONNECT_MS = 1000;

/**
 * Listens on one channel over one connection, and connects again when it breaks.
 * @param channel a plain identifier; it is quoted
 * @param onNotify gets the payload; also called with '' after each connection, since notifications sent while disconnected are lost
 */
export async function listen(
  settings: pg.ClientConfig,
  channel: string,
  onNotify: (payload: string) => void,
  onError?: (error: Error) => void,
): Promise<AsyncDisposable> {
  let stopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client(settings);
    // A client that fails after connecting emits `error` then `end`; without a listener the process would die.
    next.on('error', (error) => onError?.(error));
    next.on('notification', (message) => onNotify(message.payload ?? ''));
    await next.connect();
    await next.query(`listen ${next.escapeIdentifier(channel)}`);
    if (stopped) return next.end();
    client = next;
    next.on('end', () => {
      client = null;
      reconnectLater();
    });
    onNotify('');
  };
  const reconnectLater = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      connect().catch((error: unknown) => {
        onError?.(error instanceof Error ? error : new Error(String(error)));
        reconnectLater();
      });
    }, RECONNECT_MS);
    timer.unref();
  };

  await connect();
  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
