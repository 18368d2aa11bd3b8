import { accountTypeText } from "../outcome-texts.ts";

/** A failed item as far as its input row is concerned; cells is null when it came from no file. */
export interface FailedItem {
  importId: string | null;
  cells: string[] | null;
  email: string | null;
  rawEmail: string;
  name: string;
  sourceType: string | null;
}

export interface FailedColumns {
  headers: string[];
  cellsOf: (item: FailedItem) => string[];
}

const ownHeaders = ["email", "name", "account type"];

/**
 * The columns of Failed.csv: those of the uploaded file, as they came. Rows of several files share one header,
 * matched without case. A row with another number of cells than its header keeps its cells as they are.
 */
export function failedColumns(files: readonly { importId: string; headers: string[] }[]): FailedColumns {
  const inputs = files.map((file) => ({ ...file, headers: withoutOldError(file.headers) }));
  const headers: string[] = [];
  const places = new Map<string, number>();
  for (const header of inputs.length === 0 ? ownHeaders : inputs.flatMap((input) => input.headers)) {
    const name = normalize(header);
    if (!places.has(name)) {
      places.set(name, headers.length);
      headers.push(header);
    }
  }
  const placesOf = new Map(
    inputs.map((input) => [
      input.importId,
      input.headers.map((header) => places.get(normalize(header)) ?? 0),
    ]),
  );
  const width = new Map(files.map((file) => [file.importId, file.headers.length]));
  return {
    headers,
    cellsOf(item) {
      const targets = item.importId === null ? undefined : placesOf.get(item.importId);
      if (item.cells === null || targets === undefined) {
        return fromDirectory(item, headers);
      }
      if (item.cells.length !== width.get(item.importId ?? "")) {
        return item.cells;
      }
      const cells = headers.map(() => "");
      targets.forEach((place, index) => {
        cells[place] = item.cells?.[index] ?? "";
      });
      return cells;
    },
  };
}

/** A corrected Failed.csv that fails again must not collect one Error column per round. */
function withoutOldError(headers: string[]): string[] {
  return normalize(headers.at(-1) ?? "") === "error" ? headers.slice(0, -1) : headers;
}

function fromDirectory(item: FailedItem, headers: string[]): string[] {
  const known: Record<string, string> = {
    email: item.email ?? item.rawEmail,
    name: item.name,
    "account type": accountTypeText(item.sourceType ?? "NONE"),
  };
  return headers.map((header) => known[normalize(header)] ?? "");
}

function normalize(header: string): string {
  return header.trim().toLowerCase();
}
