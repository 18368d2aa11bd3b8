import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { openDatabase, openRunningDatabase } from "../database.ts";
import {
  countHeld,
  decideHeld,
  findOrganizationByNameStatement,
  listMailStatement,
  sayMails,
  type MailRow,
} from "../modules/mail/index.ts";
import type { EntityManager } from "../platform/database/orm.ts";
import { createLogger } from "../platform/logging.ts";

const usage = `Usage: rehome outbox list [--organization NAME]
       rehome outbox release [ID] [--organization NAME] [--include-ended-links]
       rehome outbox discard [ID] [--organization NAME]

Mail that is held: after a restore, because it may have been sent before, or because there was no mail server.
Without --organization all of it, mail of no organization included. "release" leaves mail whose link leads nowhere any
more held, and says how many, unless --include-ended-links is given.
`;

const options = {
  organization: { type: "string" },
  "include-ended-links": { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const;

const mostListed = 200;

/** `rehome outbox list|release|discard`: 0 done, 1 failed, 2 wrong usage. */
export async function outboxCommand(words: string[]): Promise<number> {
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
  const [what = "", id = null] = positionals;
  if (!["list", "release", "discard"].includes(what) || positionals.length > (what === "list" ? 1 : 2)) {
    return explainUsage("Say one of list, release and discard.");
  }
  if (id !== null && !/^[0-9a-f-]{36}$/.test(id)) {
    return explainUsage("ID is a mail's, as list shows it.");
  }
  return withDatabase(async (em) => {
    const organizationId = await findOrganization(em, values.organization);
    if (organizationId === undefined) {
      process.stderr.write(`rehome outbox: no organization has the name ${values.organization}.\n`);
      return 1;
    }
    return what === "list"
      ? list(em, organizationId)
      : decide(em, {
          organizationId,
          mailId: id,
          decision: what === "release" ? "release" : "discard",
          includeEndedLinks: values["include-ended-links"],
        });
  });
}

function readWords(words: string[]) {
  return parseArgs({ args: words, options, allowPositionals: true });
}

function explainUsage(problem: string): number {
  process.stderr.write(`rehome outbox: ${problem}\n\n${usage}`);
  return 2;
}

async function withDatabase(work: (em: EntityManager) => Promise<number>): Promise<number> {
  const config = readConfig();
  const database =
    (await openRunningDatabase(config)) ?? (await openDatabase(config, createLogger(config.logLevel)));
  try {
    return await work(database.orm.em.fork() as EntityManager);
  } finally {
    await database.close();
  }
}

/** Null without a name: all of them, and mail of none. */
async function findOrganization(
  em: EntityManager,
  name: string | undefined,
): Promise<string | null | undefined> {
  if (name === undefined) {
    return null;
  }
  const [found] = await findOrganizationByNameStatement.run(em, [name]);
  return found?.id;
}

async function list(em: EntityManager, organizationId: string | null): Promise<number> {
  const mails = await listMailStatement.run(em, [organizationId, ["HELD"], null, mostListed]);
  for (const mail of mails) {
    process.stdout.write(`${describe(mail)}\n`);
  }
  process.stdout.write(`${await sayHeld(em, organizationId)}\n`);
  return 0;
}

async function decide(
  em: EntityManager,
  wish: {
    organizationId: string | null;
    mailId: string | null;
    decision: "release" | "discard";
    includeEndedLinks: boolean;
  },
): Promise<number> {
  const decided = await em.transactional((tx) => decideHeld(tx, { ...wish, by: null }));
  const done = wish.decision === "release" ? "released" : "discarded";
  process.stdout.write(`${sayMails(decided)} ${done}. ${await sayHeld(em, wish.organizationId)}\n`);
  return 0;
}

async function sayHeld(em: EntityManager, organizationId: string | null): Promise<string> {
  const { held, linkEnded } = await countHeld(em, organizationId);
  const dead =
    linkEnded === 0
      ? ""
      : `, ${linkEnded} of them with a link that leads nowhere any more (discard them, or release with --include-ended-links)`;
  return `Held: ${sayMails(held)}${dead}.`;
}

function describe(mail: MailRow): string {
  const day = new Date(mail.createdAt).toISOString().slice(0, 16).replace("T", " ");
  const reason = mail.heldReason === "RESTORED" ? "restored" : "no mail server";
  return [mail.id, day, reason, mail.linkEnded ? "link ended" : "link works", mail.to, mail.subject].join(
    "  ",
  );
}
