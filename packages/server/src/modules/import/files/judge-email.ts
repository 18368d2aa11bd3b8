import { canonicalizeEmail } from "../../directory/index.ts";
import { joinProblems, makeProblem } from "./row-problem.ts";
import type { RowProblem } from "./row-problem.ts";

/** A row about somebody with an address. */
export interface AddressedRow {
  state: "ok" | "bad" | "invalid_email" | "unsupported_email";
  /** Canonical, or null. */
  email: string | null;
  problem?: RowProblem;
  warning?: string;
}

/**
 * Judges the address of a row and gives the row its state.
 * @param problems what was found about the other cells; a row that has any is bad whatever its email is
 */
export function judgeEmail(
  row: AddressedRow,
  rawEmail: string,
  header: string,
  problems: RowProblem[],
): void {
  const judged = canonicalizeEmail(rawEmail);
  if (judged.status === "ok") {
    row.email = judged.email;
    if (judged.lookalike !== undefined) row.warning = judged.lookalike;
  }
  // An unreadable row is bad whatever its email is; its message names both faults.
  if (problems.length > 0) row.state = "bad";
  if (judged.status === "invalid") {
    if (problems.length === 0) row.state = "invalid_email";
    problems.push(makeProblem(header, "INVALID_EMAIL", judged.reason));
  } else if (judged.status === "unsupported") {
    if (problems.length === 0) row.state = "unsupported_email";
    problems.push(makeProblem(header, "UNSUPPORTED_EMAIL", judged.reason));
  }
  const joined = joinProblems(problems);
  if (joined !== undefined) row.problem = joined;
}
