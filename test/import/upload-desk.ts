import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { MikroORM } from "@mikro-orm/postgresql";
import express from "express";
import type { Pool } from "pg";
import { entities } from "../../packages/server/src/entities.ts";
import { applyClaimed, applyImportNow } from "../../packages/server/src/modules/import/apply/apply-import.ts";
import type { FileLimits } from "../../packages/server/src/modules/import/files/file-limits.ts";
import { toImportRecord, type ImportRecord } from "../../packages/server/src/modules/import/import-record.ts";
import { mountImportRoutes } from "../../packages/server/src/modules/import/import.routes.ts";
import { claimApply } from "../../packages/server/src/modules/import/import.service.ts";
import { listRowsStatement, type ShownRow } from "../../packages/server/src/modules/import/sql/list-rows.ts";
import { loadImportsStatement } from "../../packages/server/src/modules/import/sql/load-imports.ts";
import type { ImportStreamDeps } from "../../packages/server/src/modules/import/staging/import-stream.ts";
import type { Actor, Grant } from "../../packages/server/src/modules/sign-in/index.ts";
import { openOrm, type EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { createTestDatabase } from "../kit/database.ts";
import { makeAccount, makeSite, type MadeSite } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { testServices } from "../kit/services.ts";

/** What the upload route answers. */
export interface UploadAnswer {
  status: number;
  text: string;
  importId: string;
  error: { code: string; message: string; line?: number } | undefined;
}

/** The two upload routes on a port of their own, a site of the admin's and one of another organization. */
export interface UploadDesk {
  url: string;
  fork: () => EntityManager;
  pool: Pool;
  deps: ImportStreamDeps;
  site: MadeSite;
  foreignSite: MadeSite;
  admin: Actor;
  /** Uploads as the admin, or as somebody else by email; null is nobody. */
  upload(content: string | Uint8Array, options?: UploadOptions): Promise<UploadAnswer>;
  /** Uploads, expects a preview, and applies it as the mutation does. Returns the import afterwards. */
  uploadAndApply(content: string, options?: UploadOptions): Promise<ImportRecord>;
  load(importId: string): Promise<ImportRecord>;
  rows(importId: string): Promise<ShownRow[]>;
  stop(): Promise<void>;
}

export interface UploadOptions {
  siteId?: string;
  fileKind?: string;
  fileName?: string;
  mapping?: unknown;
  as?: string | null;
  headers?: Record<string, string>;
}

export async function openUploadDesk(
  options: { limits?: Partial<FileLimits>; maxUploads?: number; idleTimeout?: number } = {},
): Promise<UploadDesk> {
  const database = await createTestDatabase();
  const orm = await openOrm(database.url, entities);
  const fork = (): EntityManager => orm.em.fork();
  const site = await makeSite(fork());
  const foreignSite = await makeSite(fork());
  const actors = new Map<string, Actor>();
  const addActor = async (email: string, grants: Grant[]): Promise<Actor> => {
    const account = await makeAccount(fork(), { email });
    const actor = makeActor(account.id, email, grants);
    actors.set(email, actor);
    return actor;
  };
  const { organizationId } = site;
  const grant = { organizationId, siteId: null, productId: null };
  const admin = await addActor("admin@example.com", [{ ...grant, role: "ORGANIZATION_ADMIN" }]);
  await addActor("member@example.com", [{ ...grant, role: "MEMBER" }]);
  await addActor("stranger@example.com", [
    { ...grant, role: "ORGANIZATION_ADMIN", organizationId: foreignSite.organizationId },
  ]);
  const { secrets } = testServices();
  const deps = { fork, logger: createLogger("silent"), limits: options.limits, secrets };
  const app = express();
  mountImportRoutes(app, {
    ...deps,
    allowedOrigins: ["http://rehome.test"],
    maxUploads: options.maxUploads,
    idleTimeout: options.idleTimeout,
    loadActor: async (request) => actors.get(request.get("x-actor") ?? "") ?? null,
  });
  const server = createServer(app);
  const url = await listen(server);
  const upload = (content: string | Uint8Array, given: UploadOptions = {}) =>
    postFile(url, content, { siteId: site.id, as: "admin@example.com", ...given });
  const load = async (importId: string): Promise<ImportRecord> => {
    const [row] = await loadImportsStatement.run(fork(), [[importId]]);
    if (row === undefined) {
      throw new Error(`No import ${importId}`);
    }
    return toImportRecord(row);
  };
  return {
    url,
    fork,
    pool: await orm.em.getConnection().getNativeClient(),
    deps,
    site,
    foreignSite,
    admin,
    upload,
    load,
    rows: (importId) => listRowsStatement.run(fork(), [importId, 0, 100_000, null]),
    async uploadAndApply(content, given) {
      const { importId, text, status } = await upload(content, given);
      if (status !== 201) {
        throw new Error(`Upload answered ${status}: ${text}`);
      }
      await claimApply(fork(), admin, importId);
      await applyClaimed(fork, importId);
      return load(importId);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await closeOrm(orm);
      await database.drop();
    },
  };
}

/** Applies as the seed and the command line do. */
export function applyNow(desk: UploadDesk, importId: string): Promise<ImportRecord> {
  return applyImportNow(desk.fork, { importId, actorAccountId: desk.admin.accountId });
}

/** One value of the database. */
export async function ask<Value>(desk: UploadDesk, sql: string, parameters: unknown[] = []): Promise<Value> {
  const rows = await query<Record<string, Value>>(desk.fork(), sql, parameters);
  return Object.values(rows[0] ?? {})[0] as Value;
}

/** Lines of a CSV file. */
export function csv(...lines: string[]): string {
  return `${lines.join("\r\n")}\r\n`;
}

async function postFile(
  url: string,
  content: string | Uint8Array,
  options: UploadOptions,
): Promise<UploadAnswer> {
  const form = new FormData();
  for (const name of ["siteId", "fileKind"] as const) {
    if (options[name] !== undefined) {
      form.set(name, options[name]);
    }
  }
  if (options.mapping !== undefined) {
    form.set("mapping", JSON.stringify(options.mapping));
  }
  form.set("file", new Blob([content as string], { type: "text/csv" }), options.fileName ?? "file.csv");
  const response = await fetch(`${url}/api/imports`, {
    method: "POST",
    headers: { "apollo-require-preflight": "1", "x-actor": options.as ?? "", ...options.headers },
    body: form,
  });
  const text = await response.text();
  const body = JSON.parse(text) as { importFile?: { id: string }; error?: UploadAnswer["error"] };
  return { status: response.status, text, importId: body.importFile?.id ?? "", error: body.error };
}

function makeActor(accountId: string, email: string, grants: Grant[]): Actor {
  const sessionExpiresAt = new Date(Date.now() + 3_600_000);
  return { accountId, email, name: email, sessionId: accountId, sessionExpiresAt, grants };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeOrm(orm: MikroORM): Promise<void> {
  await orm.close();
}
