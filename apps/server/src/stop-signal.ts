/** Resolves with the first of SIGINT, SIGTERM and SIGHUP. Later ones are ignored: a terminal and a parent process may both send theirs. */
export function onStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
}
