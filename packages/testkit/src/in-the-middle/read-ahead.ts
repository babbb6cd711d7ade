import type { Socket } from 'node:net';
import { type ClientHello, readClientHello } from '@vedette/network';

/** Reads a client's greeting; null: it sent something else. The bytes read are handed over, and are to be passed on. */
export function readAhead(socket: Socket, then: (hello: ClientHello | null, bytes: Buffer) => void): void {
  let held = Buffer.alloc(0);
  const onData = (piece: Buffer): void => {
    held = Buffer.concat([held, piece]);
    const read = readClientHello(held);
    if (read.kind === 'incomplete') return;
    socket.off('data', onData);
    socket.pause();
    then(read.kind === 'hello' ? read.hello : null, held);
  };
  socket.on('data', onData);
}
