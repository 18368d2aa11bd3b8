import { parseArgs } from "node:util";
import path from "node:path";
import { readConfig } from "../config.ts";
import { reachDatabase } from "../database.ts";
import { entities } from "../entities.ts";
import { readBackupHeader, restoreBackup, settleRestore, writeBackup } from "../modules/backup/index.ts";
import { migrateSchema } from "../platform/database/migrate.ts";
import { openOrm } from "../platform/database/orm.ts";
import { createLogger } from "../platform/logging.ts";
import { migrations } from "../../migrations/index.ts";

/** `rehome backup FILE`: one moment of the whole database, while the product goes on. */
export async function backupCommand(words: string[]): Promise<number> {
  const file = readFileName(words);
  const config = readConfig();
  const database = await reachDatabase(config, createLogger(config.logLevel));
  try {
    const { rows, tables, takenAt } = await writeBackup(database.connectionString, file);
    process.stdout.write(`${file}: ${rows} rows of ${tables} tables as of ${takenAt}\n`);
  } finally {
    await database.close();
  }
  return 0;
}

/** `rehome restore FILE`: into an empty database. */
export async function restoreCommand(words: string[]): Promise<number> {
  const file = readFileName(words);
  const { schema } = await readBackupHeader(file);
  const known = new Set(migrations.map(({ name }) => name));
  const last = schema.at(-1);
  if (last === undefined || schema.some((name) => !known.has(name))) {
    throw new Error("This backup was made by a newer Rehome. Restore it with that version.");
  }
  const config = readConfig();
  const database = await reachDatabase(config, createLogger(config.logLevel));
  try {
    await database.giveBackAuditLog();
    const orm = await openOrm(database.connectionString, entities, 2);
    try {
      await migrateSchema(orm, database.connectionString, last);
      const executed = await orm.migrator.getExecuted();
      if (executed.length !== schema.length) {
        throw new Error("The database has a newer schema than the backup. Restore into a new database.");
      }
      const { rows, takenAt, tokensRevoked, runsPaused, mailHeld } = await restoreBackup(
        database.connectionString,
        file,
      );
      await migrateSchema(orm, database.connectionString);
      process.stdout.write(
        `${rows} rows as of ${takenAt} are back. Everybody signs in again; API tokens revoked: ${tokensRevoked}; runs waiting to be resumed: ${runsPaused}; ${sayHeld(mailHeld)}\n`,
      );
    } finally {
      await orm.close();
    }
  } finally {
    await database.close();
  }
  return 0;
}

/** `rehome restored`: tells the product that its data folder was put back from a copy, which it cannot see by itself. */
export async function restoredCommand(): Promise<number> {
  const config = readConfig();
  const database = await reachDatabase(config, createLogger(config.logLevel));
  try {
    await database.giveBackAuditLog();
    const orm = await openOrm(database.connectionString, entities, 2);
    try {
      await migrateSchema(orm, database.connectionString);
      const settled = await orm.em.fork().transactional((tx) => settleRestore(tx));
      process.stdout.write(
        `Sessions ended: ${settled.sessionsEnded}; API tokens revoked: ${settled.tokensRevoked}; runs waiting to be resumed: ${settled.runsPaused}; ${sayHeld(settled.mailHeld)}\n`,
      );
    } finally {
      await orm.close();
    }
  } finally {
    await database.close();
  }
  return 0;
}

function sayHeld(mails: number): string {
  return `mails held: ${mails}${mails === 0 ? "" : " (look at them with: rehome outbox list)"}`;
}

function readFileName(words: string[]): string {
  const { positionals } = parseArgs({ args: words, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    throw new Error("Name one file.");
  }
  return path.resolve(file);
}
