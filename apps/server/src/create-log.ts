import { join } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import type { ServerConfig } from './context.ts';

/** JSON lines, one event each, into `logs/server.log` of the data folder or to stderr. What could hold a secret is left out. */
export function createLog({ dataFolder, logTo }: Pick<ServerConfig, 'dataFolder' | 'logTo'>): Logger {
  return pino(
    {
      level: process.env['LOG_LEVEL'] ?? 'info',
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.secret', '*.token'],
    },
    logTo === 'stderr' ? destination(2) : destination({ dest: join(dataFolder, 'logs', 'server.log'), mkdir: true }),
  );
}
