import type { z } from 'zod';
import type { ServerContext } from '../../context.ts';
import { AgentRefused, type RefusedSender } from './agent-refused.ts';
import { readPayload } from './read-payload.ts';
import { claimedDevice, type DeviceJwsType, verifyOfDevice } from './verify-jws.ts';

export type Sender = RefusedSender & { readonly deviceId: string };

/** Reads what an enrolled device signed: its key first, then the signature, then the payload. @throws AgentRefused */
export async function readSigned<T extends z.ZodType<{ deviceId: string }>>(
  { store }: Pick<ServerContext, 'store'>,
  jws: string,
  type: DeviceJwsType,
  shape: T,
): Promise<{ request: z.infer<T>; sender: Sender }> {
  const deviceId = claimedDevice(jws, type);
  const device = await store.lookup.device(deviceId);
  if (device === null) throw new AgentRefused('unknown-device', 'This device is not enrolled here. Enrol it again');
  const sender = { tenantId: device.tenantId, deviceId };
  const request = readPayload(await verifyOfDevice(jws, device.publicKey, sender), shape, sender);
  if (request.deviceId !== deviceId)
    throw new AgentRefused('wrong-device', 'The request is about another device than the one that signed it', sender);
  if (device.state === 'retired')
    throw new AgentRefused('device-retired', 'This device was retired. Enrol it again with a new key', sender);
  return { request, sender };
}
