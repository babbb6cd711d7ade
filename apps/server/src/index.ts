export { type ServerConfig, type ServerContext } from './context.ts';
export { createLog } from './create-log.ts';
export { readConfig } from './read-config.ts';
export { StartError } from './start-error.ts';
export { type RunningServer, type StartOptions, startServer } from './start-server.ts';
