import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { openDatabase, openRunningDatabase } from "../database.ts";
import { loadMasterKey } from "../master-key.ts";
import { decideAsOperator, listForOperatorStatement, reopenAsOperator } from "../modules/closing/index.ts";
import { canonicalizeEmail } from "../modules/directory/index.ts";
import type { EntityManager } from "../platform/database/orm.ts";
import { createLogger } from "../platform/logging.ts";
import type { Outbox } from "../platform/mail/outbox.ts";
import { isRefused } from "../platform/refusal.ts";
import { createServices } from "../services.ts";

const usage = `Usage: rehome closing list
       rehome closing close EMAIL
       rehome closing decline EMAIL --reason WORDS
       rehome closing reopen EMAIL

Requests to close an account that no organization is asked about, because the person belongs to none with an admin: they
are for whoever runs the server, on its own machine. "reopen" opens a closed account again; a link to its address lets
its owner in, nothing else does.
`;

const options = { reason: { type: "string" }, help: { type: "boolean", short: "h" } } as const;

/** `rehome closing list|close|decline|reopen`: 0 done, 1 failed, 2 wrong usage, 3 refused. */
export async function closingCommand(words: string[]): Promise<number> {
  let given: ReturnType<typeof readWords>;
  try {
    given = readWords(words);
  } catch (error) {
    return explainUsage((error as Error).message);
  }
  const { values, positionals } = given;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [what = "", email = ""] = positionals;
  if (!["list", "close", "decline", "reopen"].includes(what)) {
    return explainUsage("Say one of list, close, decline and reopen.");
  }
  if (positionals.length !== (what === "list" ? 1 : 2)) {
    return explainUsage(what === "list" ? "list takes no words." : `${what} needs one email.`);
  }
  const reason = values.reason?.trim() ?? "";
  if (what === "decline" && (reason === "" || reason.length > 500)) {
    return explainUsage("decline needs --reason, 1 to 500 characters that the person reads.");
  }
  return withServer((em, outbox) => (what === "list" ? list(em) : act(em, outbox, { what, email, reason })));
}

function readWords(words: string[]) {
  return parseArgs({ args: words, options, allowPositionals: true });
}

function explainUsage(problem: string): number {
  process.stderr.write(`rehome closing: ${problem}\n\n${usage}`);
  return 2;
}

async function withServer(work: (em: EntityManager, outbox: Outbox) => Promise<number>): Promise<number> {
  const config = readConfig();
  const database =
    (await openRunningDatabase(config)) ?? (await openDatabase(config, createLogger(config.logLevel)));
  try {
    const { outbox } = createServices({
      masterKey: loadMasterKey(config),
      baseUrl: new URL(config.baseUrl ?? `http://localhost:${config.port}`).origin,
      supportContact: config.supportContact ?? null,
    });
    return await work(database.orm.em.fork() as EntityManager, outbox);
  } finally {
    await database.close();
  }
}

async function list(em: EntityManager): Promise<number> {
  for (const { askedAt, email, name, reason } of await listForOperatorStatement.run(em)) {
    process.stdout.write(
      `${[new Date(askedAt).toISOString().slice(0, 10), email, name, reason].join("  ")}\n`,
    );
  }
  return 0;
}

async function act(
  em: EntityManager,
  outbox: Outbox,
  { email: raw, reason, what }: { what: string; email: string; reason: string },
): Promise<number> {
  const canonical = canonicalizeEmail(raw);
  if (canonical.status !== "ok") {
    return explainUsage(canonical.reason);
  }
  const { email } = canonical;
  const done = await (what === "reopen"
    ? reopenAsOperator(em, outbox, email)
    : decideAsOperator(em, outbox, email, what === "close" ? null : reason));
  if (isRefused(done)) {
    process.stderr.write(`rehome closing: ${[done.message, ...done.whoCanGrant].join("\n")}\n`);
    return 3;
  }
  const said = { close: "is closed", decline: "stays open", reopen: "is open again; a link is on its way" }[
    what
  ];
  process.stdout.write(`${email} ${said}\n`);
  return 0;
}
