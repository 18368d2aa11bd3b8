import { createReadStream } from "node:fs";
import { once } from "node:events";
import { finished, pipeline } from "node:stream/promises";
import { PassThrough } from "node:stream";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom, type CopyStreamQuery } from "pg-copy-streams";
import { runnerOn } from "../../platform/database/client-runner.ts";
import { DamagedBackupError, readFrames, type BackupHeader, type Frame } from "./backup-format.ts";
import { settleRestore, type SettledRestore } from "./settle-restore.ts";
import { listTablesStatement, type TableShape } from "./sql/list-tables.ts";
import { copyTarget, orderTables, quoteName } from "./table-order.ts";

/** What a restore brought back and settled. */
export interface RestoreSummary extends SettledRestore {
  takenAt: string;
  rows: number;
}

/** Reads what a backup says of itself. @throws DamagedBackupError when the file is none */
export async function readBackupHeader(file: string): Promise<BackupHeader> {
  for await (const frame of framesOf(file)) {
    if (frame.type === "H") {
      return frame.header;
    }
    break;
  }
  throw new DamagedBackupError("This is no backup of Rehome.");
}

/**
 * Brings a backup into an empty database whose schema is the backup's, and settles it in the same transaction: either
 * everything is there, nobody is signed in, no API token works and no run goes on, or nothing is. Nothing is written that fails a key.
 * @throws Error when the database has rows, DamagedBackupError when the file is not a whole backup
 */
export async function restoreBackup(connectionString: string, file: string): Promise<RestoreSummary> {
  const client = new pg.Client({
    connectionString,
    application_name: "rehome-restore",
    options: "-c jit=off",
  });
  await client.connect();
  try {
    await client.query("begin");
    const tables = orderTables(await listTablesStatement.run(runnerOn(client)));
    await insistOnEmpty(client, tables);
    await switchTriggers(client, tables, "disable");
    const { header, rows } = await copyTables(client, tables, framesOf(file));
    await insistOnParents(client);
    await countOn(client, tables);
    await switchTriggers(client, tables, "enable");
    const settled = await settleRestore(runnerOn(client));
    await client.query("commit");
    await client.query("analyze");
    return { ...settled, takenAt: header.takenAt, rows };
  } finally {
    await client.end();
  }
}

async function* framesOf(file: string): AsyncGenerator<Frame, void, undefined> {
  const source = createReadStream(file);
  const bytes = new PassThrough();
  // The error arrives where the bytes are read.
  const unpacking = pipeline(source, createGunzip(), bytes).catch(() => {});
  try {
    yield* readFrames(bytes);
  } catch (error) {
    throw explain(error);
  } finally {
    source.destroy();
    bytes.destroy();
    await unpacking;
  }
}

function explain(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  const isUnpacking = typeof code === "string" && /^(Z_|ERR_STREAM_PREMATURE_CLOSE)/.test(code);
  return isUnpacking
    ? new DamagedBackupError("The backup is damaged or cut short.", { cause: error })
    : error;
}

async function insistOnEmpty(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  for (const { table } of tables) {
    const { rows } = await client.query(`select 1 from ${quoteName(table)} limit 1`);
    if (rows.length > 0) {
      throw new Error(
        `The database is not empty (table ${table} has rows). A backup is restored into an empty one only: name a new database or data folder.`,
      );
    }
  }
}

/** Foreign keys were checked on the way; the references that triggers keep are checked here, once they are all there. */
async function insistOnParents(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ child: string; parent_column: string }>(
    "select child, parent_column from find_missing_parents()",
  );
  const [first] = rows;
  if (first !== undefined) {
    throw new DamagedBackupError(
      `The backup has rows of ${first.child} without what their ${first.parent_column} names.`,
    );
  }
}

/** The triggers note changes as they happen; restored rows bring the notes along. */
async function switchTriggers(
  client: pg.Client,
  tables: readonly TableShape[],
  to: "enable" | "disable",
): Promise<void> {
  for (const { table } of tables) {
    await client.query(`alter table ${quoteName(table)} ${to} trigger user`);
  }
}

async function copyTables(
  client: pg.Client,
  tables: readonly TableShape[],
  frames: AsyncIterable<Frame>,
): Promise<{ header: BackupHeader; rows: number }> {
  const known = new Map(tables.map((shape) => [shape.table, new Set(shape.columns)]));
  let header: BackupHeader | undefined;
  let copy: CopyStreamQuery | undefined;
  let total = 0;
  for await (const frame of frames) {
    if (frame.type === "H") {
      header = frame.header;
    } else if (frame.type === "T") {
      const { table, columns } = frame.start;
      if (columns.some((column) => known.get(table)?.has(column) !== true)) {
        throw new DamagedBackupError(`The backup has columns of ${table} that its schema does not have.`);
      }
      copy = client.query(copyFrom(`copy ${copyTarget(frame.start)} from stdin`));
      // A refusal of the database reaches the writer below, or the end of the table.
      copy.on("error", () => {});
    } else if (copy === undefined) {
      throw new DamagedBackupError("The backup has rows of no table.");
    } else if (frame.type === "D") {
      await write(copy, frame.rows);
    } else {
      total += await endCopy(copy, frame.rows);
      copy = undefined;
    }
  }
  if (header === undefined) {
    throw new DamagedBackupError("This is no backup of Rehome.");
  }
  return { header, rows: total };
}

async function write(copy: CopyStreamQuery, rows: Buffer): Promise<void> {
  if (!copy.write(rows)) {
    await once(copy, "drain");
  }
}

async function endCopy(copy: CopyStreamQuery, expected: number): Promise<number> {
  copy.end();
  await finished(copy);
  if (copy.rowCount !== expected) {
    throw new DamagedBackupError(`A table has ${copy.rowCount} rows where the backup promised ${expected}.`);
  }
  return expected;
}

/** Sequences go on after the highest number that was restored. */
async function countOn(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  for (const { table, counted } of tables) {
    for (const column of counted) {
      await client.query(
        `select setval(pg_get_serial_sequence($1, $2), max(${quoteName(column)})) from ${quoteName(table)} having count(*) > 0`,
        [quoteName(table), column],
      );
    }
  }
}
