import { createServer, type IncomingMessage } from "node:http";
import path from "node:path";
import express, { type Express } from "express";
import type { GraphQLSchema } from "graphql";
import { allowedOrigins, listen } from "./addresses.ts";
import { openAuthPool } from "./auth-pool.ts";
import type { Config } from "./config.ts";
import { poolOf, type OpenDatabase } from "./database.ts";
import { createTokenAdmission } from "./modules/api-token/index.ts";
import { mountAuditRoute, warnIfChangeable } from "./modules/audit/index.ts";
import { noticeRestore } from "./modules/backup/index.ts";
import { mountClosing } from "./modules/closing/index.ts";
import { demoSignIns } from "./modules/demo/index.ts";
import { canonicalizeEmail } from "./modules/directory/index.ts";
import { mountEvidenceRoutes } from "./modules/evidence/index.ts";
import { mountImportRoutes } from "./modules/import/index.ts";
import { measureMail, mountDevelopmentOutbox } from "./modules/mail/index.ts";
import { measureMigrations, mountReportRoute, setStallThreshold } from "./modules/migration/index.ts";
import { mountProductUserRoutes } from "./modules/product-user/index.ts";
import { mountRecovery, type RecoveryParts } from "./modules/recovery/index.ts";
import { mountInvitationRoutes } from "./modules/roles/index.ts";
import {
  createAuth,
  createRateLimitStorage,
  createSecondFactorJudge,
  loadActor,
  loadActors,
  mayExplore,
  mountAuth,
  type Actor,
  type Auth,
} from "./modules/sign-in/index.ts";
import { createSecurityLog } from "./modules/security-log/index.ts";
import type { EntityManager } from "./platform/database/orm.ts";
import { Feeds } from "./platform/events/feed.ts";
import { createLiveBus } from "./platform/events/live-bus.ts";
import { mountApollo } from "./platform/graphql/apollo.ts";
import { mountSocket } from "./platform/graphql/socket.ts";
import { readTrustedOperations } from "./platform/graphql/trusted-operations.ts";
import { latestSchema } from "./platform/database/migrate.ts";
import { answerTheRest } from "./platform/http/answer-the-rest.ts";
import { mountHealth } from "./platform/http/health.ts";
import { metricsAccess } from "./platform/http/metrics-access.ts";
import { nameRequests } from "./platform/http/request-id.ts";
import { securityHeaders } from "./platform/http/security-headers.ts";
import { mountWebApplication } from "./platform/http/static-files.ts";
import { traceRequests } from "./platform/http/trace-requests.ts";
import type { Logger } from "./platform/logging.ts";
import { Metrics, mountMetrics } from "./platform/metrics.ts";
import { buildSchema, invitationDeps } from "./resolvers.ts";
import { loadEvidenceKey } from "./evidence-key.ts";
import { startGrantRounds } from "./grant-rounds.ts";
import { loadMasterKey } from "./master-key.ts";
import { loadSecret } from "./secret.ts";
import { createServices } from "./services.ts";
import { startBackground } from "./background.ts";
import { readVersion } from "./version.ts";

/** What the API explorer's page says of itself. */
const explorerHeader = "X-Rehome-Explorer";

/** The running server. */
export interface RunningApp {
  /** Where it listens, such as http://127.0.0.1:4000. */
  url: string;
  /** What is served: the tests walk its routes and fields, so that none is forgotten. */
  served: { app: Express; schema: GraphQLSchema };
  /** Lets requests and batches under way finish, ends sockets and stops listening. The database stays open. */
  close(): Promise<void>;
}

/** Composition root: makes every part by its plain constructor and ties them to one HTTP server. */
export async function startApp(config: Config, database: OpenDatabase, logger: Logger): Promise<RunningApp> {
  await noticeRestore(database.orm.em.fork() as EntityManager, logger);
  if (config.production) {
    await warnIfChangeable(database.orm.em.fork() as EntityManager, logger);
  }
  const app = express();
  const httpServer = createServer(app);
  // A large file over a slow line takes longer than Node's five minutes; idle uploads are cut off by their route.
  httpServer.requestTimeout = 2 * 60 * 60 * 1000;
  const url = await listen(httpServer, config);
  const baseUrl = config.baseUrl ?? url;
  const origins = allowedOrigins(config, baseUrl, url);
  const authPool = openAuthPool(database.connectionString, logger);
  const fork = (): EntityManager => database.orm.em.fork() as EntityManager;
  const bus = createLiveBus(database.connectionString, logger);
  const services = createServices({
    masterKey: loadMasterKey(config),
    baseUrl: new URL(baseUrl).origin,
    supportContact: config.supportContact ?? null,
  });
  const recordSecurityChange = createSecurityLog(services.outbox);
  const auth = createAuth({
    pool: authPool,
    baseUrl,
    secret: loadSecret(config),
    trustedOrigins: origins,
    production: config.production,
    canonicalizeEmail,
    secrets: services.secrets,
    recordSecurityChange,
    signInsPerMinute: config.signInsPerMinute,
    logger,
  });
  const tokens = createTokenAdmission(authPool, logger);
  // A request that brings a token is judged by it alone, whatever cookie it brings along.
  const findActor = (request: IncomingMessage): Promise<Actor | null> =>
    tokens.isPresented(request) ? tokens.findActor(request) : loadActor(auth, authPool, request.headers);
  const metrics = new Metrics();
  const ownPool = await poolOf(database);
  metrics.pool("main", () => ownPool);
  metrics.pool("sign-in", () => authPool);
  const meters = {
    onBatch: measureMigrations(metrics.registry, fork),
    onMail: measureMail(metrics.registry, fork),
  };
  const background = config.engine
    ? await startBackground(config, database, bus, { logger, secrets: services.secrets, meters })
    : undefined;
  setStallThreshold(config.stallSeconds);
  const schema = buildSchema(services);
  const trusted =
    config.trustedOperations === "only"
      ? readTrustedOperations(path.join(config.webFolder, "operations.json"))
      : undefined;

  app.disable("x-powered-by");
  // Nobody asks again for an answer they have; files of the web application have ETags of their own.
  app.disable("etag");
  app.set("trust proxy", config.trustedProxies);
  app.use(nameRequests(), metrics.requests(), traceRequests());
  app.use(securityHeaders(baseUrl.startsWith("https:")));
  let isDraining = false;
  mountHealth(app, fork, { schema: latestSchema, isDraining: () => isDraining });
  mountMetrics(app, metrics, metricsAccess(config.metricsToken));
  mountDemoSignIns(app, config);
  mountDevelopmentOutbox(app, { isOffered: config.developmentOutbox, fork, bus, secrets: services.secrets });
  mountSignIn(app, auth);
  const { outbox, secrets, supportContact } = services;
  const recoveryParts: RecoveryParts = {
    pool: authPool,
    outbox,
    logger,
    allowedOrigins: origins,
    supportContact,
    loadActor: (request) => loadActor(auth, authPool, request.headers),
    requestsPerMinute: config.signInsPerMinute,
    judgeSecondFactor: createSecondFactorJudge({ pool: authPool, secrets, record: recordSecurityChange }),
  };
  mountClosing(app, recoveryParts);
  mountRecovery(app, recoveryParts);
  const grantRounds = startGrantRounds({ pool: authPool, outbox, logger });
  app.use(tokens.middleware);
  mountImportRoutes(app, { fork, loadActor: findActor, logger, allowedOrigins: origins, secrets });
  mountReportRoute(app, { fork, loadActor: findActor, logger });
  mountAuditRoute(app, { fork, loadActor: findActor, logger });
  mountEvidenceRoutes(app, {
    fork,
    loadActor: findActor,
    logger,
    loadKey: () => loadEvidenceKey(config),
    programVersion: readVersion(),
  });
  const limits = createRateLimitStorage(authPool);
  const links = {
    fork,
    logger,
    allowedOrigins: origins,
    limit: async (key: string, max: number) => (await limits.consume(key, { window: 60, max })).retryAfter,
  };
  mountInvitationRoutes(app, { ...invitationDeps(services), ...links });
  mountProductUserRoutes(app, { outbox, secrets, ...links });
  const stopApollo = await mountApollo<Actor>({
    app,
    httpServer,
    schema,
    logger,
    metrics,
    trusted,
    createContext: async (request, requestId) => {
      const actor = await findActor(request);
      const asksFreely = actor !== null && request.get(explorerHeader) !== undefined && mayExplore(actor);
      return {
        em: fork(),
        actor: asksFreely ? { ...actor, asksFreely } : actor,
        requestId,
        loaders: new Map(),
      };
    },
  });
  const feeds = new Feeds(bus);
  const stopSocket = mountSocket<Actor>({
    httpServer,
    schema,
    logger,
    metrics,
    bus,
    trusted,
    asksFreely: (actor, payload) => payload?.explorer === true && mayExplore(actor),
    allowedOrigins: () => origins,
    loadActor: findActor,
    loadActors: async (ids) =>
      new Map([...(await loadActors(authPool, ids)), ...(await tokens.loadActors(ids))]),
    mayIntroduceItself: tokens.mayFollow,
    introduce: tokens.introduce,
    createContext: (actor, refreshActor, requestId) => ({
      em: fork(),
      actor,
      requestId,
      loaders: new Map(),
      fork,
      feeds,
      logger,
      refreshActor,
    }),
  });
  mountWebApplication(app, config.webFolder);
  answerTheRest(app, logger);

  return {
    url,
    served: { app, schema },
    async close() {
      isDraining = true;
      await background?.close();
      await grantRounds.stop();
      await stopSocket();
      await stopApollo();
      httpServer.closeAllConnections();
      await bus.close();
      await authPool.end();
    },
  };
}

function mountSignIn(app: Express, auth: Auth): void {
  // Before any body parser: better-auth reads the body itself.
  mountAuth(app, auth);
}

function mountDemoSignIns(app: Express, config: Config): void {
  app.get("/api/demo-sign-ins", (_request, response) => {
    // Empty where there is no demo: the sign-in page asks everywhere, and a 404 is an error in people's consoles.
    response.json(config.demo ? demoSignIns : []);
  });
}
