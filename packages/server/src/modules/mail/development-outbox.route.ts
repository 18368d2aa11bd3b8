import type { Express, Request, RequestHandler } from "express";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { LiveBus } from "../../platform/events/live-bus.ts";
import { isDirectAndLocal } from "../../platform/http/metrics-access.ts";
import { mailChangedTopic } from "../../platform/mail/mail-topics.ts";
import { openBody } from "../../platform/mail/outbox.ts";
import type { SecretBox } from "../../platform/secrets/secret-box.ts";
import { listMailStatement } from "./sql/list-mail.ts";
import { readBodyStatement } from "./sql/read-body.ts";

/** What the outbox page of a development server needs. */
export interface DevelopmentOutbox {
  /** Only in development: without it nothing of this is served. */
  isOffered: boolean;
  fork: () => StatementRunner;
  bus: LiveBus;
  secrets: SecretBox;
}

const mailsPerPage = 50;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The mail of a server that sends none, readable on the machine it runs on without signing in, like a mailbox: letters
 * for signing in go to people who are not signed in. `GET /api/development` tells whether there is one.
 */
export function mountDevelopmentOutbox(
  app: Express,
  { isOffered, fork, bus, secrets }: DevelopmentOutbox,
): void {
  app.get("/api/development", (request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.json({ outbox: isOffered && isOfThisMachine(request) });
  });
  const guard: RequestHandler = (request, response, next) => {
    response.setHeader("Cache-Control", "no-store");
    if (isOffered && isOfThisMachine(request)) {
      next();
      return;
    }
    response
      .status(404)
      .json({ message: "There is no outbox to read here: it is served in development only." });
  };
  app.get("/api/development/outbox", guard, async (request, response) => {
    const after = typeof request.query.after === "string" ? request.query.after : null;
    if (after !== null && !uuid.test(after)) {
      response.status(400).json({ message: "after: is the id of a mail." });
      return;
    }
    const rows = await listMailStatement.run(fork(), [null, null, after, mailsPerPage + 1]);
    const mails = rows
      .slice(0, mailsPerPage)
      .map(({ id, purpose, to, subject, state, hasBody, createdAt }) => ({
        id,
        purpose,
        to,
        subject,
        state,
        hasBody,
        createdAt: new Date(createdAt).toISOString(),
      }));
    response.json({ mails, hasMore: rows.length > mailsPerPage });
  });
  app.get("/api/development/outbox/changes", guard, (request, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("data: open\n\n");
    const stop = bus.watch(mailChangedTopic, () => response.write("data: changed\n\n"));
    request.on("close", stop);
  });
  app.get("/api/development/outbox/:id", guard, async (request, response) => {
    const { id } = request.params;
    const [mail] = typeof id === "string" && uuid.test(id) ? await readBodyStatement.run(fork(), [id]) : [];
    if (mail === undefined || mail.body === null) {
      response.status(404).json({ message: "There is no such mail, or what it said is not kept." });
      return;
    }
    response.json(openBody(secrets, mail.body, mail.messageId));
  });
}

/** Asked directly from this machine, under its own name: a foreign page that resolves to it has another. */
function isOfThisMachine(request: Request): boolean {
  const host = URL.parse(`http://${request.headers.host ?? ""}`)?.hostname ?? "";
  return isDirectAndLocal(request) && loopbackNames.has(host);
}
