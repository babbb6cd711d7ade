import { z } from 'zod';
import { AllowedInspection, ProbeTarget } from './probe.ts';

/** `typ` header of the JWS with which an enrolled device asks how it shall deal with networks. */
export const NETWORK_JWS_TYPE = 'vedette-network+jwt';
export const AGENT_NETWORK_PATH = '/agent/v1/network';
/** Where the host of the tunnels fetches whom it lets in, with its own token. */
export const GATEWAY_PEERS_PATH = '/gateway/v1/peers';

/** A key of WireGuard: 32 bytes of Curve25519, base64. One spelling: of the last character two bits are unused and zero. */
export const WireGuardKey = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be a key of WireGuard');
export type WireGuardKey = z.infer<typeof WireGuardKey>;

const Address = z.union([z.ipv4(), z.ipv6()]);
const Block = z.union([z.cidrv4(), z.cidrv6()]);
const Port = z.number().int().min(1).max(65_535);

/** Where the tunnel ends. Later endpoints are tried where the ones before do not answer: another port, another address. */
export const TunnelGateway = z.strictObject({
  publicKey: WireGuardKey,
  endpoints: z
    .array(
      z.strictObject({
        host: z
          .string()
          .max(253)
          .regex(/^[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'must be a host name or an address'),
        port: Port,
      }),
    )
    .min(1)
    .max(4),
  /** What goes through the tunnel. */
  allowedIps: z.array(Block).min(1).max(20).default(['0.0.0.0/0', '::/0']),
  /** Keeps the way back open behind address translation; 0: off. */
  keepaliveSeconds: z.number().int().min(0).max(300).default(25),
});
export type TunnelGateway = z.infer<typeof TunnelGateway>;

/** When a device raises its tunnel, and what becomes of its traffic while the tunnel cannot be had. */
export const TunnelRules = z.strictObject({
  /** Worst finding of a probe from which the tunnel is raised. `always`: on every network. */
  raiseAt: z.enum(['never', 'medium', 'high', 'always']).default('high'),
  /** True: nothing leaves the device until the tunnel stands. False: the person is told, and traffic goes on. */
  failClosed: z.boolean().default(true),
  /** How long the tunnel steps aside for a portal to sign in at, at most. */
  captiveMinutes: z.number().int().min(1).max(60).default(10),
  /** After this long on the same network the tunnel comes down and the network is judged again. */
  holdMinutes: z.number().int().min(5).max(1_440).default(60),
});
export type TunnelRules = z.infer<typeof TunnelRules>;

const Addressing = {
  /** Resolvers that are reached through the tunnel: those of the network outside are not asked while it stands. */
  dns: z.array(Address).min(1).max(4),
  /** Bytes; null: what the platform takes. */
  mtu: z.number().int().min(1_280).max(1_500).nullable().default(null),
  /** Addresses that the probe server sees a device come from where it comes through the tunnel and is translated; none: the device's own in the tunnel. */
  seenAs: z.array(Address).max(8).default([]),
};

/** The tunnel of an organisation. Of each pool, a device gets one address; the first one is the gateway's. */
export const TunnelSettings = z.strictObject({
  gateway: TunnelGateway,
  pools: z
    .array(Block)
    .min(1)
    .max(2)
    .refine(
      (pools) => new Set(pools.map((pool) => pool.includes(':'))).size === pools.length,
      'at most one block of each family',
    ),
  ...Addressing,
  rules: TunnelRules,
});
export type TunnelSettings = z.infer<typeof TunnelSettings>;

/** The tunnel of one device. Its private key is on the device alone. */
export const TunnelConfiguration = z.object({
  /** With the length of the whole: `10.99.0.7/32`. */
  addresses: z.array(Block).min(1).max(2),
  gateway: TunnelGateway,
  ...Addressing,
  rules: TunnelRules,
});
export type TunnelConfiguration = z.infer<typeof TunnelConfiguration>;

/** How often networks are probed. */
export const ProbingRules = z.strictObject({
  /** On a network that is all right; a tenth earlier or later. */
  everyMinutes: z.number().int().min(1).max(1_440).default(15),
  /** While it is not. */
  againSeconds: z.number().int().min(10).max(3_600).default(60),
});
export type ProbingRules = z.infer<typeof ProbingRules>;

/** How an organisation deals with networks. */
export const NetworkSettings = z.strictObject({
  /** Null: networks are not probed. */
  probeTarget: ProbeTarget.nullable().default(null),
  probing: ProbingRules.prefault({}),
  allowedInspections: z.array(AllowedInspection).max(50).default([]),
  /** Null: there is no tunnel. */
  tunnel: TunnelSettings.nullable().default(null),
});
export type NetworkSettings = z.infer<typeof NetworkSettings>;

export const NetworkSettingsView = z.object({
  settings: NetworkSettings,
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
});
export type NetworkSettingsView = z.infer<typeof NetworkSettingsView>;

/** Payload of the JWS (alg ES256, typ, kid = device id) with which an enrolled device asks. */
export const NetworkRequest = z.object({
  schema: z.literal('vedette.network-request/1'),
  deviceId: z.uuid(),
  /** Public half of the key that the device made for its tunnel; null: it can raise none. */
  tunnelKey: WireGuardKey.nullable(),
  createdAt: z.iso.datetime(),
});
export type NetworkRequest = z.infer<typeof NetworkRequest>;

/** How a device deals with networks. */
export const NetworkSetup = z.object({
  schema: z.literal('vedette.network-setup/1'),
  probeTarget: ProbeTarget.nullable(),
  probing: ProbingRules,
  allowedInspections: z.array(AllowedInspection).max(50),
  tunnel: TunnelConfiguration.nullable(),
  /** Why there is no tunnel for a device that could have one. */
  noTunnel: z.enum(['not-set-up', 'revoked', 'pool-exhausted', 'key-taken']).nullable(),
});
export type NetworkSetup = z.infer<typeof NetworkSetup>;

/** The tunnel of one device, as administrators see it. */
export const DeviceTunnel = z.object({
  publicKey: WireGuardKey,
  addresses: z.array(Address).min(1).max(2),
  createdAt: z.iso.datetime(),
  /** When it was taken away; null: it is let in. */
  revokedAt: z.iso.datetime().nullable(),
  /** Last handshake that the gateway told of. */
  lastHandshakeAt: z.iso.datetime().nullable(),
  receivedBytes: z.number().int().nonnegative(),
  sentBytes: z.number().int().nonnegative(),
});
export type DeviceTunnel = z.infer<typeof DeviceTunnel>;
export const DeviceTunnelAnswer = z.object({ tunnel: DeviceTunnel.nullable() });
export type DeviceTunnelAnswer = z.infer<typeof DeviceTunnelAnswer>;
export const DeviceTunnelChange = z.strictObject({ revoked: z.boolean() });
export type DeviceTunnelChange = z.infer<typeof DeviceTunnelChange>;

/** A token by which the host of the tunnels proves itself. `token` is shown once, when it is made. */
export const GatewayToken = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(100),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type GatewayToken = z.infer<typeof GatewayToken>;
export const GatewayTokenList = z.object({ items: z.array(GatewayToken) });
export type GatewayTokenList = z.infer<typeof GatewayTokenList>;
export const GatewayTokenCreate = z.strictObject({ name: z.string().trim().min(1).max(100) });
export type GatewayTokenCreate = z.infer<typeof GatewayTokenCreate>;
export const GatewayTokenCreated = GatewayToken.extend({ token: z.string() });
export type GatewayTokenCreated = z.infer<typeof GatewayTokenCreated>;

/** What the gateway tells of its peers when it asks who they are. */
export const GatewayRequest = z.object({
  peers: z
    .array(
      z.object({
        publicKey: WireGuardKey,
        lastHandshakeAt: z.iso.datetime().nullable(),
        receivedBytes: z.number().int().nonnegative(),
        sentBytes: z.number().int().nonnegative(),
      }),
    )
    .max(100_000),
});
export type GatewayRequest = z.infer<typeof GatewayRequest>;

/** Whom the gateway lets in. */
export const GatewayPeers = z.object({
  schema: z.literal('vedette.gateway-peers/1'),
  /** The key that devices expect of the gateway: a gateway with another one would let nobody in. */
  publicKey: WireGuardKey,
  peers: z.array(z.object({ publicKey: WireGuardKey, allowedIps: z.array(Block).min(1).max(2) })),
  refreshSeconds: z.number().int().positive(),
});
export type GatewayPeers = z.infer<typeof GatewayPeers>;
