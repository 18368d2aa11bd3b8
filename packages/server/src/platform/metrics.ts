import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Express, Request, RequestHandler } from "express";

export { Counter, Gauge, Histogram, Registry } from "prom-client";

/** A pool of database connections as far as it is measured. */
export interface MeasuredPool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** Names that operations may have before the rest counts as "other": names come from callers. */
const mostOperationNames = 200;
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the platform measures of itself; modules add their own to `registry`. One per running server. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram;
  readonly #operations: Histogram;
  readonly #operationNames = new Set<string>();
  readonly #sockets: Gauge;
  readonly #subscriptions: Gauge;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: "rehome_http_request_seconds",
      help: "HTTP requests by route and status, with their durations.",
      labelNames: ["method", "route", "status"],
      buckets: seconds,
      registers,
    });
    this.#operations = new Histogram({
      name: "rehome_graphql_operation_seconds",
      help: `GraphQL operations by name (the first ${mostOperationNames} names, then "other") and outcome: ok, refused (the caller's fault) or failed (ours).`,
      labelNames: ["operation", "outcome"],
      buckets: seconds,
      registers,
    });
    this.#sockets = new Gauge({ name: "rehome_sockets_open", help: "Open sockets.", registers });
    this.#subscriptions = new Gauge({
      name: "rehome_subscriptions_open",
      help: "Running subscriptions.",
      registers,
    });
  }

  /** One GraphQL operation. Anonymous ones count as "anonymous". */
  operation(name: string | null | undefined, outcome: "ok" | "refused" | "failed", duration: number): void {
    this.#operations.observe({ operation: this.#bounded(name ?? "anonymous"), outcome }, duration);
  }

  /** Sockets opened or closed. */
  sockets(change: 1 | -1): void {
    this.#sockets.inc(change);
  }

  /** Subscriptions started or ended. */
  subscriptions(change: number): void {
    this.#subscriptions.inc(change);
  }

  /** Connections of a pool, read at each scrape. */
  pool(name: string, read: () => MeasuredPool): void {
    pools(this.registry).set(name, read);
  }

  /** Measures every request by the route that answered it. */
  requests(): RequestHandler {
    return (request, response, next) => {
      const end = this.#requests.startTimer({ method: boundedMethod(request.method) });
      response.once("finish", () => end({ route: routeOf(request), status: String(response.statusCode) }));
      next();
    };
  }

  #bounded(name: string): string {
    if (this.#operationNames.has(name)) {
      return name;
    }
    if (this.#operationNames.size >= mostOperationNames || !/^\w{1,80}$/.test(name)) {
      return "other";
    }
    this.#operationNames.add(name);
    return name;
  }
}

/** Who may read the metrics. */
export interface MetricsAccess {
  /** Whether this request may: from this machine, or with the token. */
  allows: (request: Request) => boolean;
}

/** GET /metrics in Prometheus' text format; 403 for others. */
export function mountMetrics(app: Express, metrics: Metrics, access: MetricsAccess): void {
  app.get("/metrics", async (request, response) => {
    if (!access.allows(request)) {
      response.status(403).type("text").send("Metrics are for this machine or for who has the token.\n");
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

const measuredPools = new WeakMap<Registry, Map<string, () => MeasuredPool>>();

function pools(registry: Registry): Map<string, () => MeasuredPool> {
  const known = measuredPools.get(registry);
  if (known !== undefined) {
    return known;
  }
  const made = new Map<string, () => MeasuredPool>();
  measuredPools.set(registry, made);
  new Gauge({
    name: "rehome_database_connections",
    help: "Database connections of this process by pool and state; waiting are callers without one.",
    labelNames: ["pool", "state"],
    registers: [registry],
    collect() {
      for (const [pool, read] of made) {
        const { totalCount, idleCount, waitingCount } = read();
        this.set({ pool, state: "busy" }, totalCount - idleCount);
        this.set({ pool, state: "idle" }, idleCount);
        this.set({ pool, state: "waiting" }, waitingCount);
      }
    },
  });
  return made;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

function boundedMethod(method: string): string {
  return methods.has(method) ? method : "other";
}

/** The pattern of the route, never the address: ids in addresses would make a series each. */
function routeOf(request: Request): string {
  const route = (request.route as { path?: unknown } | undefined)?.path;
  if (typeof route === "string") {
    return `${request.baseUrl}${route}`;
  }
  const [, first = ""] = request.originalUrl.split(/[/?]/);
  return ["graphql", "api", "assets"].includes(first) ? `/${first}` : "page";
}
