import {
  type ClearProxyOptions,
  type MeddlingRelayOptions,
  type Middle,
  type NameMeddlerOptions,
  startClearProxy,
  startMeddlingRelay,
  startNameMeddler,
  startTlsInterceptor,
  type TlsInterceptorOptions,
} from '@vedette/testkit/in-the-middle';
import type { Laboratory, Surroundings } from './laboratory.ts';

type Rest = Omit<Surroundings, 'fired' | 'dispose' | 'tls' | 'http' | 'dns'>;
type SetUp = (laboratory: Laboratory) => Promise<Surroundings>;
type From<T> = T | ((laboratory: Laboratory) => T | Promise<T>);

async function of<T extends object>(from: From<T>, laboratory: Laboratory): Promise<T> {
  return typeof from === 'function' ? from(laboratory) : from;
}

/** Somebody ends TLS; signed by the rogue authority unless told otherwise. */
export function intercept(options: From<Partial<TlsInterceptorOptions>> = {}, rest: From<Rest> = {}): SetUp {
  return async (laboratory) => {
    const middle = await startTlsInterceptor({
      upstreamPort: laboratory.server.ports.tls,
      authority: laboratory.rogue,
      ...(await of(options, laboratory)),
    });
    return around('tls', middle, await of(rest, laboratory));
  };
}

/** Somebody meddles with TLS from below. */
export function meddle(options: From<Partial<MeddlingRelayOptions>>, rest: From<Rest> = {}): SetUp {
  return async (laboratory) => {
    const middle = await startMeddlingRelay({
      upstreamPort: laboratory.server.ports.tls,
      ...(await of(options, laboratory)),
    });
    return around('tls', middle, await of(rest, laboratory));
  };
}

/** Somebody reads clear text. */
export function rewrite(options: Omit<ClearProxyOptions, 'upstreamPort'>, rest: From<Rest> = {}): SetUp {
  return async (laboratory) => {
    const middle = await startClearProxy({ upstreamPort: laboratory.server.ports.http, ...options });
    return around('http', middle, await of(rest, laboratory));
  };
}

/** Somebody answers about names. */
export function misname(options: Omit<NameMeddlerOptions, 'upstreamPort'>, rest: From<Rest> = {}): SetUp {
  return async (laboratory) => {
    const middle = await startNameMeddler({ upstreamPort: laboratory.server.ports.dns ?? 0, ...options });
    return around('dns', middle, await of(rest, laboratory));
  };
}

/** Several at once; what fired least counts. */
export function together(...setUps: readonly SetUp[]): SetUp {
  return async (laboratory) => {
    const all = await Promise.all(setUps.map((setUp) => setUp(laboratory)));
    const joined = all.reduce<Partial<Surroundings>>((sum, one) => ({ ...sum, ...one }), {});
    return {
      ...joined,
      fired: () => Math.min(...all.map(({ fired }) => fired())),
      async dispose() {
        for (const one of all) await one.dispose();
      },
    };
  };
}

/** Nobody is there; only the client or its surroundings are special. */
export function alone(rest: From<Rest> = {}): SetUp {
  return async (laboratory) => ({ ...(await of(rest, laboratory)), fired: () => 1, dispose: async () => {} });
}

function around(place: 'tls' | 'http' | 'dns', middle: Middle, rest: Rest): Surroundings {
  return { ...rest, [place]: middle.port, fired: middle.fired, dispose: () => middle[Symbol.asyncDispose]() };
}
