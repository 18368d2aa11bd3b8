import { CellFinder } from "./header.ts";
import type { HeaderMapping } from "./header.ts";
import {
  findCellCountProblem,
  makeChoice,
  makeMissingValue,
  readChoice,
  readKey,
  readText,
} from "./read-cells.ts";
import type { CsvRecord } from "./read-records.ts";
import { joinProblems } from "./row-problem.ts";
import type { RowProblem } from "./row-problem.ts";

/** One row of a projects file. The key is in upper case; the name is the key as written where the file has none. */
export interface ProjectRow {
  rowNumber: number;
  cells: string[];
  state: "ok" | "bad";
  key: string | null;
  name: string | null;
  access: "OPEN" | "RESTRICTED" | null;
  problem?: RowProblem;
}

const ACCESS = makeChoice<"OPEN" | "RESTRICTED">([
  ["open", "OPEN"],
  ["restricted", "RESTRICTED"],
]);

/** Makes the reader of a projects file's rows, for the columns found in its header. */
export function createProjectRowReader(mapping: HeaderMapping): (record: CsvRecord) => ProjectRow {
  const finder = new CellFinder(mapping);
  const at = { key: finder.indexOf("key"), name: finder.indexOf("name"), access: finder.indexOf("access") };
  return (record) => {
    const { rowNumber, cells } = record;
    const unreadable = record.problem ?? findCellCountProblem(record, mapping);
    if (unreadable !== undefined) {
      return { rowNumber, cells, state: "bad", key: null, name: null, access: null, problem: unreadable };
    }
    const problems: RowProblem[] = [];
    const key = readText(readKey(cells[at.key] ?? ""));
    if (key === null) problems.push(makeMissingValue(finder.headerOf("key")));
    const name = readText(cells[at.name] ?? "") ?? readText(cells[at.key] ?? "");
    const access = readChoice(cells[at.access] ?? "", ACCESS, finder.headerOf("access"), problems);
    if ((cells[at.access] ?? "").trim() === "") problems.push(makeMissingValue(finder.headerOf("access")));
    const row: ProjectRow = { rowNumber, cells, state: "ok", key, name, access };
    const joined = joinProblems(problems);
    return joined === undefined ? row : { ...row, state: "bad", problem: joined };
  };
}
