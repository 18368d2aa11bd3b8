import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "./config.ts";

/** Listens, and says where. */
export async function listen(server: Server, config: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return `http://${host}:${port}`;
}

/** The public origin; on loopback both of its names, since people type either. */
export function allowedOrigins(config: Config, baseUrl: string, url: string): string[] {
  const origins = new Set([new URL(baseUrl).origin]);
  if (config.loopback) {
    const { port } = new URL(url);
    origins.add(`http://localhost:${port}`).add(`http://127.0.0.1:${port}`);
  }
  return [...origins];
}
