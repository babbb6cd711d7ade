/** A clock that can be set into the past and walks from there; it never goes back once it has moved on. */
export interface TravellingClock {
  readonly now: () => Date;
  /** Sets it to `at`, milliseconds since the epoch, when that is later than what it shows. */
  advanceTo(at: number): void;
  /** From here on it is the real time. */
  comeHome(): void;
}

export function createTravellingClock(realNow: () => number, startAt: number): TravellingClock {
  let offset = Math.min(0, startAt - realNow());
  return {
    now: () => new Date(realNow() + offset),
    advanceTo(at) {
      offset = Math.min(0, Math.max(offset, at - realNow()));
    },
    comeHome() {
      offset = 0;
    },
  };
}
