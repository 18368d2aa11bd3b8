import type { StatementRunner } from "../../../../platform/database/statement.ts";
import { byIndexOnly } from "../../../../platform/database/by-index-only.ts";
import type { KindUndo, MigrationScope, Touched, UndoBatch, UndoCounts } from "../../kind.ts";
import { closeGroupStatement } from "./sql/close-group.ts";
import { findTouchedStatement } from "./sql/find-touched.ts";
import { lockUndoneStatement } from "./sql/lock-undone.ts";
import { restorePeopleStatement } from "./sql/restore-people.ts";
import { restoreUpgradesStatement } from "./sql/restore-upgrades.ts";

/** Takes a copy back: created accounts, presences, project lists, memberships, approvals and upgrades. */
export const undoCopy: KindUndo<unknown> = {
  async lock(em, batch) {
    await byIndexOnly(em, () => lockUndoneStatement.run(em, parameters(batch)));
  },
  findTouched(em: StatementRunner, batch: UndoBatch<unknown>): Promise<Touched[]> {
    return byIndexOnly(em, () => findTouchedStatement.run(em, parameters(batch)));
  },
  async restore(em, batch) {
    await byIndexOnly(em, async () => {
      // The upgrade first: it came last.
      await restoreUpgradesStatement.run(em, parameters(batch));
      await restorePeopleStatement.run(em, parameters(batch));
    });
  },
  async finish(em: StatementRunner, scope: MigrationScope<unknown>, whole: boolean): Promise<string[]> {
    const closed = await closeGroupStatement.run(em, [scope.migrationId, whole]);
    return closed.map((group) => `imported group ${group.name} is removed, nobody was left in it`);
  },
  describe: describeUndo,
};

function parameters(batch: UndoBatch<unknown>): unknown[] {
  return [batch.migrationId, batch.after, batch.upTo, batch.destinationSiteId, batch.undoId];
}

function describeUndo(counts: UndoCounts, names: { source: string; destination: string }): string[] {
  const { destination } = names;
  return [
    say(
      counts.restore,
      `is put back on ${destination} as before the run: accounts, project lists, the imported group, the Customer role and upgrades`,
      `are put back on ${destination} as before the run: accounts, project lists, the imported group, the Customer role and upgrades`,
    ),
    say(
      counts.setAside,
      "was touched since and stays as it is now; the list says why",
      "were touched since and stay as they are now; the list says why",
    ),
    say(
      counts.unchanged,
      `needs no change on ${destination}: the run changed nothing for this row`,
      `need no change on ${destination}: the run changed nothing for these rows`,
    ),
    "Sessions stay ended: nobody is signed in again by an undo, and nobody is mailed.",
    `Nothing changes on ${names.source}.`,
  ].filter((sentence) => sentence !== null);
}

function say(count: number, one: string, many: string): string | null {
  if (count === 0) {
    return null;
  }
  return count === 1 ? `1 person ${one}.` : `${count.toLocaleString("en-US")} people ${many}.`;
}
