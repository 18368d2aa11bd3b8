/** Why one row is not usable. A closed set: reports and screens may switch on it. */
export type RowProblemCode =
  | "CELL_COUNT"
  | "RECORD_TOO_LARGE"
  | "QUOTE_NOT_CLOSED"
  | "TEXT_AFTER_QUOTE"
  | "MISSING_VALUE"
  | "UNKNOWN_VALUE"
  | "CONTRADICTION"
  | "INVALID_DATE"
  | "INVALID_EMAIL"
  | "UNSUPPORTED_EMAIL";

/**
 * What is wrong with one row. `column` is the header as the file writes it, or null where the row as a whole
 * is at fault; `message` says what is wrong and how to fix it. A row with several faults names them all in
 * its message and carries the first one's column and code.
 */
export interface RowProblem {
  column: string | null;
  code: RowProblemCode;
  message: string;
}

/** A fault in one column, or with null in the row as a whole. */
export function makeProblem(column: string | null, code: RowProblemCode, message: string): RowProblem {
  return { column, code, message };
}

/** Joins the faults of one row, so that it can be fixed in one go; undefined where there are none. */
export function joinProblems(problems: readonly RowProblem[]): RowProblem | undefined {
  const [first] = problems;
  if (first === undefined || problems.length === 1) return first;
  return { ...first, message: problems.map((problem) => problem.message).join(" ") };
}
