import { parse } from "csv-parse/sync";
import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import type { ApiClient } from "./api-client.ts";

/** The files of a report zip by name, parsed into records of text. */
export type Report = Record<string, Record<string, string>[]>;

export async function downloadReport(client: ApiClient, migrationId: string): Promise<Report> {
  const response = await client.fetch(`/api/migrations/${migrationId}/report.zip`);
  if (response.status !== 200) {
    throw new Error(`Report answered ${response.status}: ${await response.text()}`);
  }
  return readReport(Buffer.from(await response.arrayBuffer()));
}

export async function readReport(zip: Buffer): Promise<Report> {
  const files = await unzip(zip);
  return Object.fromEntries(
    [...files].map(([name, text]) => [
      name,
      // Ragged input rows stay ragged in Failed.csv, so the reader must not insist.
      parse(text, { columns: true, relax_column_count: true, bom: true }) as Record<string, string>[],
    ]),
  );
}

async function unzip(zip: Buffer): Promise<Map<string, string>> {
  const archive = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => (error === null ? resolve(file) : reject(error)));
  });
  const files = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    archive.on("entry", (entry: Entry) => {
      archive.openReadStream(entry, (error, stream) => {
        if (error !== null) {
          reject(error);
          return;
        }
        const pieces: Buffer[] = [];
        stream.on("data", (piece: Buffer) => pieces.push(piece));
        stream.on("end", () => {
          files.set(entry.fileName, Buffer.concat(pieces).toString("utf8"));
          archive.readEntry();
        });
      });
    });
    archive.on("end", resolve);
    archive.on("error", reject);
    archive.readEntry();
  });
  return files;
}
