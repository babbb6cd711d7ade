export { type ServerConfig, type ServerContext } from './context.ts';
export { createLog } from './create-log.ts';
export { readConfig } from './read-config.ts';
export { type RunningServer, startServer, type StartOptions } from './start-server.ts';
export { StartError } from './start-error.ts';
