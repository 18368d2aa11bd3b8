import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { PoolClient } from "pg";
import type { RowOfKind } from "../files/parse-file.ts";
import type { FileKind } from "../files/header-fields.ts";
import { toBlock } from "./row-block.ts";
import type { StagingFormat } from "./row-lines.ts";

/** Bytes that may wait for the database; parsing goes on meanwhile, so both run side by side. */
const WAITING_BYTES = 1024 * 1024;

/**
 * Feeds batches of rows into their table by COPY on the caller's connection and transaction. Takes the next
 * batch when the database has taken the last ones, so memory stays flat. Throws what the batches throw, after
 * the COPY was undone.
 * @param onBatch called with the number of rows of each batch
 * @returns rows copied
 */
export async function copyRows(
  client: PoolClient,
  format: StagingFormat,
  batches: AsyncIterable<readonly RowOfKind[FileKind][]>,
  onBatch: (rows: number) => void,
): Promise<number> {
  const copy = client.query(copyFrom(format.copySql, { highWaterMark: WAITING_BYTES }));
  await pipeline(toBlocks(batches, format, onBatch), copy);
  return copy.rowCount;
}

async function* toBlocks(
  batches: AsyncIterable<readonly RowOfKind[FileKind][]>,
  format: StagingFormat,
  onBatch: (rows: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const batch of batches) {
    onBatch(batch.length);
    yield toBlock(batch, format);
  }
}
