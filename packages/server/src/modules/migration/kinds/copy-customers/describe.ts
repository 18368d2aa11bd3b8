import type { PlanSummary } from "../../kind.ts";

/** What people will notice when the plan runs, one sentence per thing that happens to anybody. */
export function describeCopy(summary: PlanSummary, names: { source: string; destination: string }): string[] {
  const { destination } = names;
  const count = (chosen: (row: PlanSummary["rows"][number]) => boolean): number =>
    summary.rows.reduce((total, row) => total + (chosen(row) ? row.count : 0), 0);
  const duplicates = count((row) => row.effect === "LINK" && row.typeAfter === "BOTH");
  const ready = count((row) => row.effect === "LINK" && row.outcome === "SUCCESSFUL");
  return [
    say(
      summary.create,
      `gets a portal-only account on ${destination}`,
      `get portal-only accounts on ${destination}`,
    ),
    say(
      ready,
      `keeps the account there is on ${destination}`,
      `keep the accounts they have on ${destination}`,
    ),
    say(
      summary.joinsGroup,
      `reaches no service project on ${destination} until group ${summary.groupName} is approved`,
      `reach no service project on ${destination} until group ${summary.groupName} is approved`,
    ),
    say(
      duplicates,
      "cannot see the requests of the portal-only account until it is upgraded",
      "cannot see the requests of their portal-only accounts until those are upgraded",
    ),
    say(
      summary.unchanged,
      "stays as before and needs a decision first",
      "stay as before and need a decision first",
    ),
    say(summary.notCopied, "is not copied", "are not copied"),
    `Nobody is mailed or signed out, and nothing changes on ${names.source}.`,
  ].filter((sentence) => sentence !== null);
}

function say(count: number, one: string, many: string): string | null {
  if (count === 0) {
    return null;
  }
  return count === 1 ? `1 person ${one}.` : `${count.toLocaleString("en-US")} people ${many}.`;
}
