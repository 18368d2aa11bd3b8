import { Button, Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { MigrationItemFilter } from "@rehome/schema";
import { formatCount, formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import type { QueuedMigration } from "../attention-page.tsx";
import { SkipItemDocument } from "../migration-actions.generated.ts";
import type { MigrationItemRowFragment } from "../migration-items.generated.ts";
import classes from "./attention.module.css";
import { SkipDialog } from "./skip-dialog.tsx";
import { UpgradeButton } from "./upgrade-button.tsx";

/**
 * Select and act on many. "All matching" is the filter with its count, done by the server in one piece; rows
 * chosen by hand are done one by one, and what was refused stays in the queue.
 */
export function BulkBar(props: {
  migration: QueuedMigration;
  filter: MigrationItemFilter;
  rows: readonly MigrationItemRowFragment[];
  total: number;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onDone: () => Promise<unknown>;
}) {
  const { migration, rows, total, selected } = props;
  const [allMatching, setAllMatching] = useState(false);
  const pageIds = rows.map((row) => row.id);
  const onPage = pageIds.filter((id) => selected.has(id)).length;
  const isWholePage = onPage === rows.length;
  const chosen = rows.filter((row) => selected.has(row.id));
  const group = migration.importedGroup;
  const everything = allMatching && isWholePage;
  return (
    <div className={classes.bulk}>
      <Checkbox
        size="xs"
        aria-label="Select all on this page"
        checked={isWholePage}
        indeterminate={onPage > 0 && !isWholePage}
        onChange={() => {
          setAllMatching(false);
          props.onSelect(isWholePage ? new Set() : new Set(pageIds));
        }}
      />
      <output className={classes.bulkText}>
        {onPage === 0
          ? `${formatPeople(total)}`
          : everything
            ? `All ${formatCount(total)} matching selected`
            : `${formatCount(onPage)} on this page selected`}
      </output>
      {isWholePage && total > rows.length && !everything && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAllMatching(true)}>
          Select all {formatCount(total)} matching
        </Button>
      )}
      <div className={classes.bulkActions}>
        {group && group.pendingCount > 0 && rows.some((row) => row.viewerCanReviewGroup) && (
          <Button component={Link} to={`/groups/review/${group.id}`} size="compact-sm" variant="default">
            Review group
          </Button>
        )}
        <UpgradeButton
          migration={migration}
          filter={props.filter}
          total={total}
          chosen={everything || onPage === 0 ? null : chosen}
          onDone={props.onDone}
        />
        {onPage > 0 && !everything && migration.viewerCanResolve && (
          <SkipSelected migration={migration} chosen={chosen} onDone={props.onDone} />
        )}
      </div>
    </div>
  );
}

function SkipSelected(props: {
  migration: QueuedMigration;
  chosen: readonly MigrationItemRowFragment[];
  onDone: () => Promise<unknown>;
}) {
  const [asking, setAsking] = useState(false);
  const skip = useAction(SkipItemDocument);
  const confirm = async (reason: string) => {
    for (const row of props.chosen) {
      if (!(await skip.run({ input: { migrationId: props.migration.id, itemId: row.id, reason } }))) {
        await props.onDone();
        return;
      }
    }
    setAsking(false);
    await props.onDone();
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        Skip {formatCount(props.chosen.length)}…
      </Button>
      <SkipDialog
        opened={asking}
        who={formatPeople(props.chosen.length)}
        pending={skip.pending}
        error={<ActionNotice problem={skip.problem} />}
        onSkip={(reason) => void confirm(reason)}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
