import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { DnsAnswer } from '@vedette/contracts';
import { decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet';
import type { DnsRequest, DnsResult } from '../net-port.ts';
import { outcomeOf } from './outcome-of.ts';

const MAX_ANSWERS = 10;
/** A lost question is asked again. */
const AGAIN_MS = 1_000;

/** Asks for the addresses of a name over UDP (RFC 1035, 4.2.1) and goes on listening after the first answer: who forges one cannot take back the true one. */
export function askDns({ server, port, name, timeoutMs, listenMs }: DnsRequest): Promise<DnsResult> {
  return new Promise((resolve) => {
    const from = performance.now();
    const socket = createSocket(isIPv6(server) ? 'udp6' : 'udp4');
    const id = randomInt(65_536);
    const question = encode({
      id,
      type: 'query',
      flags: RECURSION_DESIRED,
      questions: [{ type: 'A', class: 'IN', name }],
    });
    const answers: DnsAnswer[] = [];
    let bytes = 0;
    let outcome: DnsResult['outcome'] = 'timeout';
    let listening: NodeJS.Timeout | undefined;
    const since = (): number => Math.round((performance.now() - from) * 10) / 10;
    const end = (): void => {
      for (const timer of [again, last, listening]) clearTimeout(timer);
      socket.close();
      resolve({ outcome, totalMs: since(), answers, bytes });
    };
    const ask = (): void => {
      bytes += question.length;
      socket.send(question);
    };
    const again = setTimeout(() => answers.length === 0 && ask(), Math.min(AGAIN_MS, timeoutMs / 2));
    const last = setTimeout(end, timeoutMs);
    socket.on('error', (error) => {
      // Of a connected socket: ICMP says that nothing listens there.
      if (answers.length > 0) return;
      ({ outcome } = outcomeOf(error));
      end();
    });
    socket.on('message', (message) => {
      bytes += message.length;
      const answer = readAnswer(message, id, name, since());
      if (answer === null || answers.length >= MAX_ANSWERS) return;
      answers.push(answer);
      outcome = 'ok';
      listening ??= setTimeout(end, listenMs);
    });
    // Answers from elsewhere never get here: the system drops them.
    socket.connect(port, server, ask);
  });
}

function readAnswer(message: Uint8Array, id: number, name: string, afterMs: number): DnsAnswer | null {
  let packet: Packet & { readonly rcode?: string; readonly flag_aa?: boolean };
  try {
    packet = decode(Buffer.from(message));
  } catch {
    return null;
  }
  const asked = packet.questions?.[0]?.name;
  if (packet.id !== id || packet.type !== 'response' || asked?.toLowerCase() !== name.toLowerCase()) return null;
  const records = (packet.answers ?? [])
    .slice(0, 20)
    .flatMap((record) => (record.type === 'A' || record.type === 'AAAA' ? [record] : []));
  return {
    afterMs,
    rcode: packet.rcode ?? 'UNKNOWN',
    authoritative: packet.flag_aa === true,
    ttl: records[0]?.ttl ?? null,
    addresses: records.map(({ data }) => data.slice(0, 64)),
  };
}
