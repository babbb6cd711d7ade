import { Readable } from 'node:stream';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { problem } from '../../http/problem.ts';
import { actorOf } from '../../http/request-actor.ts';

const HEARTBEAT_MS = 20_000;
/** A page that stopped reading is let go when this much waits for it; it connects again and asks for everything. */
const MOST_WAITING_BYTES = 256 * 1024;
const MOST_STREAMS_PER_TENANT = 200;
/** A session may have ended meanwhile: the page connects again and is asked who it is. */
const LONGEST_MS = 30 * 60_000;

/** GET /events: server-sent events (HTML Living Standard, section 9.2), one `data:` line each. */
export async function eventRoutes(app: App, { events }: ServerContext): Promise<void> {
  const open = new Map<string, Set<() => void>>();
  app.addHook('preClose', async () => {
    for (const streams of open.values()) for (const finish of streams) finish();
  });

  app.get('/events', { config: { permission: 'read' }, schema: {} }, (request, reply) => {
    const { tenantId } = actorOf(request);
    const streams = open.get(tenantId) ?? new Set();
    if (streams.size >= MOST_STREAMS_PER_TENANT)
      throw problem(503, 'too-many-streams', 'Too many pages listen for events: close some');
    const stream = new Readable({ read: () => undefined });
    let ended = false;
    const finish = () => {
      if (!ended) stream.push(null);
      ended = true;
    };
    open.set(tenantId, streams.add(finish));
    const send = (text: string) => {
      if (ended || stream.destroyed) return;
      if (stream.readableLength > MOST_WAITING_BYTES) stream.destroy();
      else stream.push(text);
    };
    const unsubscribe = events.subscribe(tenantId, (event) => send(`data: ${JSON.stringify(event)}\n\n`));
    const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
    const end = setTimeout(finish, LONGEST_MS);
    stream.on('close', () => {
      clearInterval(heartbeat);
      clearTimeout(end);
      unsubscribe();
      streams.delete(finish);
      if (streams.size === 0 && open.get(tenantId) === streams) open.delete(tenantId);
    });
    send('retry: 2000\n\n');
    // Proxies must pass each event on at once.
    return reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
  });
}
