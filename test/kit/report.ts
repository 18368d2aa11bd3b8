import { parse } from "csv-parse/sync";
import type { ApiClient } from "./api-client.ts";
import { unzip } from "./zip.ts";

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
      parse(text.toString("utf8"), { columns: true, relax_column_count: true, bom: true }) as Record<
        string,
        string
      >[],
    ]),
  );
}
