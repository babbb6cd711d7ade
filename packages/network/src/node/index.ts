export { createLinuxTunnel, type LinuxTunnelOptions } from './linux-tunnel.ts';
export { createNodePort, type NodePortOptions } from './node-net-port.ts';
export type { LinkMemory } from './read-link.ts';
