import { Button, Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { MigrationItemFilter } from "../../../apollo/schema-types.generated.ts";
import { formatCount, formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { Notice } from "../../../ui/notice.tsx";
import type { QueuedMigration } from "../attention-page.tsx";
import { SkipItemDocument, UpgradeDuplicatesDocument } from "../migration-actions.generated.ts";
import type { MigrationItemRowFragment } from "../migration-items.generated.ts";
import classes from "./attention.module.css";
import { SkipDialog } from "./skip-dialog.tsx";

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
          rows={rows}
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

const duplicates = "DUPLICATE_ACCOUNTS_ON_DESTINATION";

/** Upgrades the chosen duplicates, or with none chosen every duplicate of the filter. */
function UpgradeButton(props: {
  migration: QueuedMigration;
  filter: MigrationItemFilter;
  rows: readonly MigrationItemRowFragment[];
  total: number;
  chosen: readonly MigrationItemRowFragment[] | null;
  onDone: () => Promise<unknown>;
}) {
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const upgrade = useAction(UpgradeDuplicatesDocument);
  const ofAll = props.migration.attentionByProblem.find((row) => row.problem === duplicates)?.count ?? 0;
  const chosen = props.chosen?.filter((row) => row.viewerCanUpgrade) ?? null;
  // A search narrows the duplicates to what is listed, which is known only when the filter is on duplicates.
  const matching = props.filter.search ? (props.filter.problem === duplicates ? props.total : null) : ofAll;
  const count = chosen ? chosen.length : matching;
  const relevant = !props.filter.problem || props.filter.problem === duplicates;
  if (!props.migration.viewerCanResolve || !relevant || !count) {
    return done === null ? null : <span className="muted">{formatPeople(done)} upgraded</span>;
  }
  const confirm = async () => {
    let upgraded = 0;
    const inputs = chosen
      ? chosen.map((row) => ({ migrationId: props.migration.id, itemId: row.id, expectedCount: 1 }))
      : [
          {
            migrationId: props.migration.id,
            filter: {
              openAttention: true,
              problem: duplicates as typeof duplicates,
              search: props.filter.search,
            },
            expectedCount: count,
          },
        ];
    for (const input of inputs) {
      const answer = await upgrade.run({ input });
      if (!answer) {
        break;
      }
      upgraded += answer.upgraded;
    }
    if (upgraded > 0) {
      setDone(upgraded);
      await props.onDone();
    }
    if (upgraded === count) {
      setAsking(false);
    }
  };
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)}>
        {chosen ? `Upgrade ${formatCount(count)} selected` : `Upgrade all ${formatCount(count)} duplicates`}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Upgrade ${formatPeople(count)}?`}
        confirmLabel={`Upgrade ${formatCount(count)}`}
        pending={upgrade.pending}
        error={<ActionNotice problem={upgrade.problem} />}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <p>
          Each portal-only account on {props.migration.destinationSite.name} becomes part of the Atlassian
          account of the same email: its requests and project listings pass to the account, which gets the
          Customer role.
        </p>
        <Notice tone="warn">The portal-only accounts are gone afterwards. This cannot be undone.</Notice>
      </ConfirmDialog>
    </>
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
