/** What was started, to be stopped in reverse. Node 20 has no `AsyncDisposableStack`. */
export interface CloseStack extends AsyncDisposable {
  use<T extends AsyncDisposable>(resource: T): T;
  defer(close: () => Promise<unknown>): void;
}

/** Disposing closes everything even when something fails to close, then throws the first failure. */
export function createCloseStack(): CloseStack {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    use(resource) {
      closers.push(async () => resource[Symbol.asyncDispose]());
      return resource;
    },
    defer(close) {
      closers.push(close);
    },
    async [Symbol.asyncDispose]() {
      const failures: unknown[] = [];
      for (let close = closers.pop(); close !== undefined; close = closers.pop())
        await close().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
}
