import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's first choice; some 10 ms here. `2` is Argon2id in the library's const enum. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

/** Of 32 random bytes nobody kept. Compared when there is no such account, so that the answer takes as long and tells nothing. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$pdtA9F/uwdN/o/8kTzcjqQ$LD7U5W/d3Ecx8VM85nCwVr+jYVTao4iHlzk8/VUIKws';

/** @param passwordHash null: no such account; the same work is done and the answer is false */
export async function checkPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? DECOY_HASH, password);
  return matches && passwordHash !== null;
}
