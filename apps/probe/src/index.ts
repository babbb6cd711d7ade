export { type ProbeSettings, readSettings, SettingError } from './read-settings.ts';
export { rotateSigningKeys } from './signing-keys.ts';
export { type ProbeServer, type ProbeServerOptions, startProbeServer } from './start-probe-server.ts';
