/** What `withinTime` rejects with when the time is over. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

/**
 * Waits for work so long and no longer; the work itself goes on, so its end must be seen to by other means.
 * @throws OutOfTimeError when the time is over
 * @throws Error when `signal` aborts, or what the work throws
 */
export async function withinTime<T>(timeoutMs: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let end: () => void = () => undefined;
  const over = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new OutOfTimeError(`no answer in ${timeoutMs / 1000} s`)), timeoutMs);
    const stop = (): void => reject(new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
  });
  const running = work();
  // Nobody hears of what fails after the time is over.
  running.catch(() => undefined);
  try {
    return await Promise.race([running, over]);
  } finally {
    end();
  }
}
