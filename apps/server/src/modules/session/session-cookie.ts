import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const TOKEN_BYTES = 32;

/** The cookie's name and attributes. RFC 6265bis section 4.1.3.2: `__Host-` binds it to this host, to https and to the whole site. */
export function createSessionCookie(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? '__Host-vedette' : 'vedette';
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  return {
    /** @returns the token's hash, or null when the request brings none */
    hashFrom(request: FastifyRequest): Uint8Array | null {
      const token = request.cookies[name];
      return token === undefined || token.length > 100 ? null : hashToken(token);
    },
    set(reply: FastifyReply, token: string, expires: Date): void {
      reply.setCookie(name, token, { ...attributes, expires });
    },
    clear(reply: FastifyReply): void {
      reply.clearCookie(name, attributes);
    },
  };
}
export type SessionCookie = ReturnType<typeof createSessionCookie>;

/** 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What the database keeps of a token: its SHA-256. A token of 256 bits needs no salt and no slow hash. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
