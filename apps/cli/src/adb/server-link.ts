import { linkOf, oneLine, type PhoneLink, withinTime } from '@vedette/adb';
import { AdbServerClient } from '@yume-chan/adb';
import { CliError, EXIT } from '../exit-code.ts';
import { printAddress, type TcpAddress } from './adb-address.ts';
import { choosePhone, readListedPhones } from './listed-phones.ts';
import { connectTcp } from './tcp-streams.ts';

/** Time for the server to answer, in milliseconds. */
const ANSWER_MS = 10_000;

/**
 * Links to a phone through a running adb server.
 * @throws CliError when no server answers, or the phone is not there, not the only one, or not ready
 */
export async function linkThroughServer(
  address: TcpAddress,
  serial: string | null,
  signal: AbortSignal,
): Promise<PhoneLink> {
  const client = new AdbServerClient({
    connect: async (options) => await connectTcp({ ...address, timeoutMs: ANSWER_MS, ...options }),
    addReverseTunnel: refuseTunnel,
    removeReverseTunnel: refuseTunnel,
    clearReverseTunnels: refuseTunnel,
  });
  try {
    return await withinTime(ANSWER_MS, signal, async () => {
      const phone = choosePhone(readListedPhones(await listPhones(client)), serial);
      const selector = phone.transportId === null ? { serial: phone.serial } : { transportId: phone.transportId };
      return linkOf(await client.createAdb(selector), phone.serial);
    });
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (signal.aborted) throw new CliError(EXIT.failed, 'stopped', { cause: error });
    throw new CliError(EXIT.failed, explain(error, printAddress(address)), { cause: error });
  }
}

async function listPhones(client: AdbServerClient): Promise<string> {
  const stream = await client.createConnection('host:devices-l');
  try {
    return await stream.readString();
  } finally {
    await stream.dispose();
  }
}

function explain(error: unknown, address: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^E(?:CONNREFUSED|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/.test(code))
    return `no adb server answers at ${address}; start one with \`adb start-server\`, or reach a phone without one by --adb tcp:HOST:PORT`;
  const reason = error instanceof Error ? error.message : String(error);
  return `the adb server at ${address} did not do what was asked: ${oneLine(reason)}`;
}

function refuseTunnel(): never {
  throw new TypeError('A phone is never given a way into this computer.');
}
