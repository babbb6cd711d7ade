import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { integerBits, oidText, stringText, timeText } from './der-values.ts';
import {
  der,
  derBits,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSet,
  derTime,
  derUtf8,
} from './der-writer.ts';
import { type DerNode, derChildren, isUniversal, octets, readDerNode, TAG_OCTET_STRING } from './read-der.ts';

const MAX_VISITED = 20_000;

/** The walker over DER and BER, and the readers of single values. */
export const derTarget: FuzzTarget = {
  reader: 'der',
  seeds() {
    const values = [
      derInteger(0x8001),
      derOid('1.2.840.113549.1.7.2'),
      derUtf8('text'),
      derTime('2026-01-31T12:00:00Z'),
    ];
    const whole = derSequence(
      ...values,
      derSet(derNull(), derBits(Uint8Array.of(1, 2))),
      derOctets(new Uint8Array(200)),
    );
    const indefinite = Uint8Array.from([0x30, 0x80, ...whole, 0x24, 0x80, ...derOctets(Uint8Array.of(1)), 0, 0, 0, 0]);
    return [whole, indefinite];
  },
  generate: (random) => hostileValue(random, 6),
  read(bytes) {
    let left = MAX_VISITED;
    const visit = (node: DerNode, depth: number): void => {
      left -= 1;
      oidText(node);
      timeText(node);
      stringText(node);
      integerBits(node);
      // Joining costs the whole value: not for each of its ancestors again.
      if (isUniversal(node, TAG_OCTET_STRING)) octets(node);
      if (depth < 40) for (const child of derChildren(node)) if (left > 0) visit(child, depth + 1);
    };
    const root = readDerNode(bytes);
    if (root !== null) visit(root, 0);
  },
};

/** Values of any tag within each other; lengths short, long, indefinite, or lies. */
function hostileValue(random: () => number, depth: number): Uint8Array {
  const byte = (): number => Math.floor(random() * 256);
  const parts =
    depth === 0 || random() < 0.3
      ? [new Uint8Array(Math.floor(random() * 20)).map(byte)]
      : Array.from({ length: Math.floor(random() * 5) }, () => hostileValue(random, depth - 1));
  const roll = random();
  if (roll < 0.6) return der(byte(), ...parts);
  const content = parts.flatMap((part) => [...part]);
  if (roll < 0.75) return Uint8Array.from([byte() | 0x20, 0x80, ...content, ...(random() < 0.5 ? [0, 0] : [])]);
  if (roll < 0.9) return Uint8Array.from([byte(), 0x80 | Math.floor(random() * 10), byte(), byte(), ...content]);
  return Uint8Array.from([byte() | 0x1f, byte(), byte(), byte(), byte(), ...content]);
}
