import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { runnerOn } from "../../platform/database/client-runner.ts";
import { FrameWriter, type BackupHeader } from "./backup-format.ts";
import { listTablesStatement, type TableShape } from "./sql/list-tables.ts";
import { readSchemaStatement } from "./sql/read-schema.ts";
import { copyTarget, orderTables } from "./table-order.ts";

/** What a backup holds. */
export interface BackupSummary {
  takenAt: string;
  tables: number;
  rows: number;
}

/**
 * Writes every row of the database as of one moment to a file, while the product goes on. The file appears under its
 * name only when it is whole and on disk, readable by its owner alone. Refuses to replace a file.
 */
export async function writeBackup(connectionString: string, file: string): Promise<BackupSummary> {
  const partial = `${file}.partial`;
  const reserved = await open(file, "wx", 0o600);
  await reserved.close();
  const client = new pg.Client({ connectionString, application_name: "rehome-backup" });
  try {
    await client.connect();
    await client.query("begin transaction isolation level repeatable read read only");
    const summary: BackupSummary = { takenAt: "", tables: 0, rows: 0 };
    const frames = Readable.from(produceFrames(client, summary), { objectMode: true });
    await pipeline(frames, createGzip({ level: 4 }), createWriteStream(partial, { mode: 0o600 }));
    const written = await open(partial, "r");
    await written.sync();
    await written.close();
    await rename(partial, file);
    return summary;
  } catch (error) {
    await rm(partial, { force: true });
    await rm(file, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function* produceFrames(
  client: pg.Client,
  summary: BackupSummary,
): AsyncGenerator<Buffer, void, undefined> {
  const runner = runnerOn(client);
  const writer = new FrameWriter();
  const [schema] = await readSchemaStatement.run(runner);
  if (schema === undefined) {
    throw new Error("The database does not say which schema it has.");
  }
  const header: BackupHeader = { format: 1, takenAt: schema.now, schema: schema.names };
  summary.takenAt = header.takenAt;
  yield writer.json("H", header);
  for (const shape of orderTables(await listTablesStatement.run(runner))) {
    yield* produceTable(client, writer, shape, summary);
  }
  yield writer.end();
}

async function* produceTable(
  client: pg.Client,
  writer: FrameWriter,
  shape: TableShape,
  summary: BackupSummary,
): AsyncGenerator<Buffer, void, undefined> {
  const { table, columns } = shape;
  yield writer.json("T", { table, columns });
  const rows = client.query(copyTo(`copy ${copyTarget(shape)} to stdout`));
  for await (const chunk of rows) {
    yield writer.frame("D", chunk as Buffer);
  }
  // The rows have ended, but how many they were comes after them: it is there once the next statement is answered.
  await client.query("select 1");
  yield writer.json("E", { rows: rows.rowCount });
  summary.tables += 1;
  summary.rows += rows.rowCount;
}
