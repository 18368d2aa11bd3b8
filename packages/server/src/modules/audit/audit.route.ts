import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Express, Request, Response } from "express";
import { z } from "zod";
import { formatCsvRow } from "../../platform/csv/formula-guard.ts";
import type { EntityManager } from "../../platform/database/orm.ts";
import type { Logger } from "../../platform/logging.ts";
import { belongsToOrganization, canAudit, type Actor } from "../sign-in/index.ts";
import type { AuditFilter } from "./audit.types.ts";
import { filterParameters } from "./read-log.ts";
import { listSealedStatement, type SealedRow } from "./sql/list-sealed.ts";

export interface AuditRouteOptions {
  fork: () => EntityManager;
  loadActor: (request: Request) => Promise<Actor | null>;
  logger: Logger;
}

type Format = "csv" | "jsonl";

const pageRows = 1_000;
const uuid = z.uuid("is not an id");
const moment = z.iso.datetime({ offset: true, error: "is not an ISO time such as 2026-01-31T00:00:00Z" });

/** The page's filters, as its address has them. */
const querySchema = z.strictObject({
  search: z.string().optional(),
  action: z.string().optional(),
  actor: uuid.optional(),
  subject: uuid.optional(),
  since: moment.optional(),
  until: moment.optional(),
});

/**
 * GET /api/organizations/:id/audit.csv and audit.jsonl: the entries that match, in the order of the chain and streamed
 * a page at a time. 401 without a session; 404 alike for missing and foreign organizations; 403 for people of the
 * organization who may not read its log.
 */
export function mountAuditRoute(app: Express, options: AuditRouteOptions): void {
  app.get("/api/organizations/:id/audit.csv", (request, response) => deliver(request, response, "csv"));
  app.get("/api/organizations/:id/audit.jsonl", (request, response) => deliver(request, response, "jsonl"));

  async function deliver(request: Request, response: Response, format: Format): Promise<void> {
    const actor = await options.loadActor(request);
    const organizationId = String(request.params.id).toLowerCase();
    const refused = refuse(actor, organizationId);
    if (refused !== null) {
      sendError(response, ...refused);
      return;
    }
    const parsed = querySchema.safeParse(request.query);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      sendError(response, 400, "BAD_INPUT", `${issue?.path.join(".") || "query"}: ${issue?.message}`);
      return;
    }
    const rows = readRows(options.fork(), organizationId, toFilter(parsed.data));
    response.attachment(`audit-log.${format}`);
    response.setHeader(
      "Content-Type",
      format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    );
    response.setHeader("Cache-Control", "no-store");
    try {
      await pipeline(Readable.from(format === "csv" ? csvText(rows) : jsonLines(rows)), response);
    } catch (error) {
      // A download the reader gave up is no fault; anything else cuts the file, which the browser reports as failed.
      options.logger.warn({ err: error, organizationId }, "audit log was not delivered whole");
      response.destroy();
    }
  }
}

function refuse(actor: Actor | null, organizationId: string): [number, string, string] | null {
  if (actor === null) {
    return [401, "UNAUTHENTICATED", "Sign in first."];
  }
  if (!belongsToOrganization(actor, organizationId)) {
    return [404, "NOT_FOUND", "Nothing with this id is visible to you."];
  }
  const allowed = canAudit(actor, organizationId);
  return allowed === true ? null : [403, "FORBIDDEN", allowed.message];
}

function sendError(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}

function toFilter(query: z.infer<typeof querySchema>): AuditFilter {
  return {
    search: query.search,
    action: query.action,
    actorId: query.actor,
    subjectId: query.subject,
    since: query.since === undefined ? null : new Date(query.since),
    until: query.until === undefined ? null : new Date(query.until),
  };
}

async function* readRows(
  em: EntityManager,
  organizationId: string,
  filter: AuditFilter,
): AsyncGenerator<SealedRow[], void, undefined> {
  for (let after = "0"; ;) {
    const parameters = [...filterParameters(organizationId, filter), after, pageRows];
    const page = await listSealedStatement.run(em, parameters);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    yield page;
    after = last.sequence;
  }
}

const columns = {
  Number: (row) => row.sequence,
  Time: (row) => row.at,
  Who: (row) => row.actorEmail ?? "",
  "Who id": (row) => row.actorId ?? "",
  Action: (row) => row.action,
  Subject: (row) => row.subjectType,
  "Subject id": (row) => row.subjectId ?? "",
  "What happened": (row) => row.summary,
  Before: (row) => (row.before === null ? "" : JSON.stringify(row.before)),
  After: (row) => (row.after === null ? "" : JSON.stringify(row.after)),
  "Hash before": (row) => row.previousHash,
  Hash: (row) => row.hash,
} satisfies Record<string, (row: SealedRow) => string>;

async function* csvText(pages: AsyncIterable<SealedRow[]>): AsyncGenerator<string, void, undefined> {
  yield formatCsvRow(Object.keys(columns));
  for await (const page of pages) {
    yield page.map((row) => formatCsvRow(Object.values(columns).map((cell) => cell(row)))).join("");
  }
}

async function* jsonLines(pages: AsyncIterable<SealedRow[]>): AsyncGenerator<string, void, undefined> {
  for await (const page of pages) {
    yield page.map((row) => `${JSON.stringify({ ...row, sequence: Number(row.sequence) })}\n`).join("");
  }
}
