import { isAtLeast, type ProbeReport, type Severity, type TunnelRules } from '@vedette/contracts';

/**
 * How a device stands to its tunnel. `raising`: waiting for the handshake at endpoint `attempt`. `verifying`: it stands, and a probe goes through it. `protected`: that probe was clean and
 * came from where it must. `closed`: no tunnel, and nothing leaves the device. `exposed`: no tunnel, and traffic goes on as the policy says. `aside`: a portal wants the person to sign in.
 */
export type Protection =
  | { readonly kind: 'down' }
  | { readonly kind: 'raising'; readonly attempt: number }
  | { readonly kind: 'verifying'; readonly attempt: number }
  | { readonly kind: 'protected'; readonly attempt: number; readonly sinceMs: number }
  | { readonly kind: 'closed'; readonly sinceMs: number }
  | { readonly kind: 'exposed'; readonly sinceMs: number }
  | { readonly kind: 'aside'; readonly untilMs: number };

/** What happens to it. Times are monotonic milliseconds. */
export type ProtectionEvent =
  /** A probe outside the tunnel was judged. */
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'handshake' }
  | { readonly kind: 'no-handshake' }
  | { readonly kind: 'verified'; readonly ok: boolean }
  /** The device is on another network. */
  | { readonly kind: 'moved' }
  /** Time went by. `alive`: whether the tunnel still answers, where there is one. */
  | { readonly kind: 'tick'; readonly alive: boolean };

/** What is to be done next. `probe`: look at the network outside; `look`: the same, while nothing else may leave. */
export type ProtectionCommand =
  | { readonly kind: 'none' }
  | { readonly kind: 'raise'; readonly attempt: number }
  | { readonly kind: 'verify' }
  | { readonly kind: 'lower' }
  | { readonly kind: 'lower-and-probe' }
  | { readonly kind: 'close' }
  | { readonly kind: 'look' }
  | { readonly kind: 'step-aside' };

/** Of a report, what decides. */
export interface Verdict {
  readonly state: ProbeReport['state'];
  readonly worst: Severity | null;
}

/** How soon a device without its tunnel tries again. */
export const RETRY_MS = 30_000;
/** How soon one at a portal looks whether it is through. */
export const PORTAL_MS = 10_000;

const NONE: ProtectionCommand = { kind: 'none' };
const DOWN: Protection = { kind: 'down' };

/** What decides of a report. */
export function verdictOf({ state, findings }: Pick<ProbeReport, 'state' | 'findings'>): Verdict {
  const worst = findings.reduce<Severity | null>(
    (before, { severity }) => (before === null || isAtLeast(severity, before) ? severity : before),
    null,
  );
  return { state, worst };
}

/**
 * The next state and what to do, for every state and event. Nothing is lowered on the way from one endpoint to the next, so what fails closed stays closed.
 * @param endpoints how many there are
 * @param nowMs monotonic
 */
export function advance(
  from: Protection,
  event: ProtectionEvent,
  rules: TunnelRules,
  endpoints: number,
  nowMs: number,
): { readonly to: Protection; readonly command: ProtectionCommand } {
  const stay = { to: from, command: NONE };
  const raise = (attempt: number) =>
    attempt < endpoints
      ? { to: { kind: 'raising', attempt } as const, command: { kind: 'raise', attempt } as const }
      : given();
  /** The tunnel cannot be had. */
  const given = () =>
    rules.failClosed
      ? { to: { kind: 'closed', sinceMs: nowMs } as const, command: { kind: 'look' } as const }
      : { to: { kind: 'exposed', sinceMs: nowMs } as const, command: { kind: 'lower' } as const };
  const aside = () => ({
    to: { kind: 'aside', untilMs: nowMs + rules.captiveMinutes * 60_000 } as const,
    command: { kind: 'step-aside' } as const,
  });
  const lower = { to: DOWN, command: { kind: 'lower' } as const };

  switch (event.kind) {
    case 'verdict': {
      const { verdict } = event;
      const captive = verdict.state === 'captive';
      switch (from.kind) {
        case 'down':
        case 'exposed':
          if (captive) return rules.raiseAt === 'always' && rules.failClosed ? aside() : { to: DOWN, command: NONE };
          return wants(verdict, rules) ? raise(0) : { to: DOWN, command: NONE };
        case 'closed':
          if (captive) return aside();
          // It is open again where nothing is wrong any more; what could not be told stays closed.
          return isFine(verdict, rules) ? lower : stay;
        case 'aside':
          if (captive)
            return nowMs < from.untilMs ? stay : { to: { kind: 'closed', sinceMs: nowMs }, command: { kind: 'close' } };
          return isFine(verdict, rules) ? lower : raise(0);
        default:
          return stay;
      }
    }
    case 'handshake':
      return from.kind === 'raising'
        ? { to: { kind: 'verifying', attempt: from.attempt }, command: { kind: 'verify' } }
        : stay;
    case 'no-handshake':
      return from.kind === 'raising' ? raise(from.attempt + 1) : stay;
    case 'verified':
      if (from.kind !== 'verifying') return stay;
      return event.ok
        ? { to: { kind: 'protected', attempt: from.attempt, sinceMs: nowMs }, command: NONE }
        : raise(from.attempt + 1);
    case 'moved':
      if (rules.raiseAt === 'always') return raise(0);
      return { to: DOWN, command: { kind: 'lower-and-probe' } };
    case 'tick':
      switch (from.kind) {
        case 'protected':
          if (!event.alive) return raise(0);
          return rules.raiseAt !== 'always' && nowMs - from.sinceMs >= rules.holdMinutes * 60_000
            ? { to: DOWN, command: { kind: 'lower-and-probe' } }
            : stay;
        case 'closed':
        case 'exposed':
          return nowMs - from.sinceMs >= RETRY_MS ? raise(0) : stay;
        case 'aside':
          return { to: from, command: { kind: 'look' } };
        default:
          return stay;
      }
  }
}

/** Whether a network is one on which the tunnel must stand. */
function wants({ worst }: Verdict, { raiseAt }: TunnelRules): boolean {
  if (raiseAt === 'always') return true;
  return raiseAt !== 'never' && worst !== null && isAtLeast(worst, raiseAt);
}

/** Whether a network is known to be one on which no tunnel is needed. Unknown is not fine. */
function isFine(verdict: Verdict, rules: TunnelRules): boolean {
  const known = verdict.state === 'clean' || verdict.state === 'inspected' || verdict.state === 'degraded';
  return known && !wants(verdict, rules);
}
