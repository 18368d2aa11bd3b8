import type { StatementRunner } from "../../../platform/database/statement.ts";
import { streamDifferences, type PersonDifferences } from "../../access-proof/index.ts";
import { formatCsvCell, formatCsvRow } from "../../../platform/csv/formula-guard.ts";
import { allTexts, problemText } from "../outcome-texts.ts";
import { findImportedGroupStatement } from "../sql/find-imported-group.ts";
import { failedColumns } from "./failed-columns.ts";
import { countOutcomesStatement } from "./sql/count-outcomes.ts";
import { hasUndoStatement } from "./sql/has-undo.ts";
import { listInputHeadersStatement } from "./sql/list-input-headers.ts";
import { listPeopleLinesStatement, type PeopleLines } from "./sql/list-people-lines.ts";
import { listUndoneStatement, type UndoneRow } from "./sql/list-undone.ts";
import { listReportItemsStatement } from "./sql/list-report-items.ts";

const pageSize = 2_000;
/** People per piece of a people file: some 200 KB, as a stream holds sixteen pieces before it waits. */
const linesPerPage = 2_000;

/** One file of the zip: its name and its CSV text in pieces. */
export interface ReportFile {
  name: string;
  text: AsyncIterable<string>;
}

/** The files of a migration's report, its imported group looked up. */
export async function loadReportFiles(em: StatementRunner, migrationId: string): Promise<ReportFile[]> {
  const [group] = await findImportedGroupStatement.run(em, [[migrationId]]);
  const [undo] = await hasUndoStatement.run(em, [migrationId]);
  return reportFiles(em, migrationId, group?.name ?? null, undo?.undone ?? false);
}

/** The files of a migration's report in their order. Reads page by page: memory stays flat at any size. */
function reportFiles(
  em: StatementRunner,
  migrationId: string,
  groupName: string | null,
  wasUndone: boolean,
): ReportFile[] {
  return [
    { name: "Summary.csv", text: summary(em, migrationId) },
    { name: "Successful.csv", text: people(em, migrationId, "SUCCESSFUL", groupName) },
    { name: "RequiresAttention.csv", text: people(em, migrationId, "REQUIRES_ATTENTION", groupName) },
    { name: "Failed.csv", text: failed(em, migrationId) },
    { name: "AccessProof.csv", text: accessProofText(em, migrationId) },
    // Only where an undo began: elsewhere it could say nothing.
    ...(wasUndone ? [{ name: "Undone.csv", text: undone(em, migrationId) }] : []),
  ];
}

async function* summary(em: StatementRunner, migrationId: string): AsyncGenerator<string> {
  const [counts] = await countOutcomesStatement.run(em, [migrationId]);
  const {
    total,
    successful,
    attention,
    failed: notCopied,
  } = counts ?? { total: 0, successful: 0, attention: 0, failed: 0 };
  const waiting = total - successful - attention - notCopied;
  const rows: [string, number][] = [
    ["Total rows", total],
    ["Successful", successful],
    ["Requires attention", attention],
    ["Failed", notCopied],
  ];
  if (waiting > 0) {
    // Only in a report taken while the run goes on: the sum must equal the total at any moment.
    rows.push(["Not applied yet", waiting]);
  }
  yield formatCsvRow(["Outcome", "Count"]);
  for (const [outcome, count] of rows) {
    yield formatCsvRow([outcome, String(count)]);
  }
}

async function* people(
  em: StatementRunner,
  migrationId: string,
  outcome: string,
  groupName: string | null,
): AsyncGenerator<string> {
  yield formatCsvRow([
    "Email",
    "Name",
    "Source account type",
    "Destination account type",
    "Account type after copying",
    "Problem",
    "Next step",
  ]);
  const { problems, nextSteps, accountTypes } = allTexts(groupName);
  const texts = [
    JSON.stringify(toCells(accountTypes)),
    JSON.stringify(toCells(nextSteps)),
    JSON.stringify(problems),
  ];
  const read = async (after: number): Promise<PeopleLines | undefined> => {
    const [page] = await listPeopleLinesStatement.run(em, [
      migrationId,
      outcome,
      after,
      linesPerPage,
      ...texts,
    ]);
    return page;
  };
  let coming = read(0);
  for (;;) {
    const page = await coming;
    if (page === undefined || page.people === 0) {
      return;
    }
    if (page.lines < page.people) {
      throw new Error(`There is no text for some of the ${outcome} rows up to ${page.lastOrdinal}`);
    }
    // The database writes the next page while this one is packed and sent.
    coming = page.people < linesPerPage ? Promise.resolve(undefined) : read(page.lastOrdinal);
    coming.catch(() => undefined);
    yield page.text ?? "";
  }
}

function toCells(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, formatCsvCell(text)]));
}

async function* failed(em: StatementRunner, migrationId: string): AsyncGenerator<string> {
  const columns = failedColumns(await listInputHeadersStatement.run(em, [migrationId]));
  yield formatCsvRow([...columns.headers, "Error"]);
  for await (const page of itemPages(em, migrationId, "FAILED")) {
    yield page
      .map((item) => {
        const error = item.problem === null ? "Not copied" : problemText(item.problem, item.detail);
        return formatCsvRow([...columns.cellsOf(item), error]);
      })
      .join("");
  }
}

/** AccessProof.csv in pieces: one row per person and resource, as the newest proof found it. */
export async function* accessProofText(em: StatementRunner, migrationId: string): AsyncGenerator<string> {
  yield formatCsvRow(["Email", "Resource", "Permission", "Change", "Explained by"]);
  // People with the same differences share all cells but the email, which are formatted once for them.
  const known = new WeakMap<PersonDifferences["differences"], string[]>();
  for await (const page of streamDifferences(em, migrationId)) {
    let text = "";
    for (const { email, differences } of page) {
      let ends = known.get(differences);
      if (ends === undefined) {
        ends = differences.map(({ resource, permission, change, explainedBy }) =>
          formatCsvRow([resource, permission, change, explainedBy ?? ""]),
        );
        known.set(differences, ends);
      }
      const start = `${formatCsvRow([email]).trimEnd()},`;
      for (const end of ends) {
        text += start + end;
      }
    }
    yield text;
  }
}

const undoResults: Record<UndoneRow["action"], string> = {
  RESTORE: "Restored",
  SET_ASIDE: "Set aside",
  NOTHING: "Nothing to undo",
};

async function* undone(em: StatementRunner, migrationId: string): AsyncGenerator<string> {
  yield formatCsvRow(["Email", "Name", "Result", "Reason"]);
  for (let after = 0; ;) {
    const page = await listUndoneStatement.run(em, [migrationId, after, pageSize]);
    const last = page.at(-1);
    if (last === undefined) {
      return;
    }
    after = last.ordinal;
    yield page
      .map((row) => formatCsvRow([row.email, row.name, undoResults[row.action], row.reason ?? ""]))
      .join("");
  }
}

async function* itemPages(em: StatementRunner, migrationId: string, outcome: string) {
  let after = 0;
  for (;;) {
    const page = await listReportItemsStatement.run(em, [migrationId, outcome, after, pageSize]);
    if (page.length > 0) {
      yield page;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) {
      return;
    }
    after = last.ordinal;
  }
}
