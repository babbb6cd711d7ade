import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifySwagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, LogController, type RouteOptions } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { ServerContext } from './context.ts';
import { controlAccess } from './http/access.ts';
import type { App } from './http/app-type.ts';
import { serveConsole } from './http/console-files.ts';
import { handleErrors } from './http/error-handling.ts';
import { LIMITS } from './http/limits.ts';
import { createSessionCookie } from './modules/session/session-cookie.ts';
import { findActor } from './modules/session/session-store.ts';
import { registerModules } from './modules.ts';

export interface BuildOptions {
  /** Told about every route as it is declared. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** Builds the HTTP side of the server without listening: tests call it with `inject`. */
export async function buildApp(context: ServerContext, { onRoute }: BuildOptions = {}): Promise<App> {
  const app: App = fastify({
    // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- without it the type of the app follows pino's, which no plugin knows
    loggerInstance: context.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: context.config.trustProxy,
    bodyLimit: LIMITS.jsonBodyBytes,
    requestTimeout: LIMITS.requestMs,
    http: { headersTimeout: LIMITS.headersMs, maxHeaderSize: LIMITS.headerBytes },
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  if (onRoute !== undefined) app.addHook('onRoute', onRoute);
  await protect(app, context);
  const cookie = createSessionCookie(context.publicUrl);
  controlAccess(app, {
    findActor: (request) => findActor(context, cookie.hashFrom(request)),
    publicUrl: context.publicUrl,
  });
  await describe(app, context);
  await registerModules(app, context);
  await serveConsole(app, context.config.consoleFolder);
  return app;
}

async function protect(app: App, { publicUrl }: ServerContext): Promise<void> {
  const https = publicUrl.startsWith('https:');
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, { global: false });
  // Answers of the API are about one person's organisation: no cache may keep them.
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}

async function describe(app: App, { config }: ServerContext): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Vedette',
        version: config.version,
        description: 'The API of the console, and of the agents.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
    },
    transform: jsonSchemaTransform,
  });
}
