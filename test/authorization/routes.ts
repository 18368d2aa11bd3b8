import type { Express } from "express";

interface Layer {
  name: string;
  slash: boolean;
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[]; length: number };
  match(path: string): boolean;
}

/** Where something is mounted that is no route of its own; a new one is found by its name once it stands here. */
const mounts = ["/graphql", "/assets", "/api/recovery", "/mcp", "/scim"];

/**
 * What the server answers, as `GET /path`; `* /path` for what is mounted below a path and no router. Handlers of every
 * path (headers, request ids, the web application's pages) answer nothing of an organization and are left out.
 */
export function listRoutes(app: Express): string[] {
  const { stack } = app.router as unknown as { stack: Layer[] };
  // The web application's files are for everybody, and there only once it is built.
  return [...new Set(routesIn(stack, ""))].filter((name) => !["GET /", "* /assets"].includes(name));
}

function routesIn(stack: readonly Layer[], prefix: string): string[] {
  return stack.flatMap((layer) => {
    // What answers errors alone takes four arguments.
    if (layer.route === undefined && layer.handle.length === 4) {
      return [];
    }
    if (layer.route !== undefined) {
      const { path, methods } = layer.route;
      return Object.keys(methods).map((method) => `${method.toUpperCase()} ${prefix}${path}`);
    }
    const mount = layer.slash ? "" : (mounts.find((path) => layer.match(path)) ?? `/unknown (${layer.name})`);
    if (layer.handle.stack !== undefined) {
      return routesIn(layer.handle.stack, `${prefix}${mount}`);
    }
    return layer.slash ? [] : [`* ${prefix}${mount}`];
  });
}
