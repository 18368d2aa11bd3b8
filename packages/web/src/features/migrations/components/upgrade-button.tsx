import { Button } from "@mantine/core";
import { useState } from "react";
import type { MigrationItemFilter } from "@rehome/schema";
import { formatCount, formatPeople } from "../../../shared/number-format.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { Notice } from "../../../ui/notice.tsx";
import type { QueuedMigration } from "../attention-page.tsx";
import { UpgradeDuplicatesDocument } from "../migration-actions.generated.ts";
import type { MigrationItemRowFragment } from "../migration-items.generated.ts";

const duplicates = "DUPLICATE_ACCOUNTS_ON_DESTINATION";

interface Upgradable {
  migration: QueuedMigration;
  filter: MigrationItemFilter;
  total: number;
  /** Null: every duplicate of the filter. */
  chosen: readonly MigrationItemRowFragment[] | null;
  onDone: () => Promise<unknown>;
}

/** Upgrades the chosen duplicates, or with none chosen every duplicate of the filter. */
export function UpgradeButton(props: Upgradable) {
  const [asking, setAsking] = useState(false);
  const count = countUpgradable(props);
  const upgrade = useUpgrade(props, count ?? 0);
  if (!props.migration.viewerCanResolve || !count) {
    return null;
  }
  const confirm = async () => {
    const upgraded = await upgrade.run();
    if (upgraded === count) {
      setAsking(false);
    }
    if (upgraded > 0) {
      await props.onDone();
    }
  };
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)}>
        {props.chosen
          ? `Upgrade ${formatCount(count)} selected`
          : `Upgrade all ${formatCount(count)} duplicates`}
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
        <Notice tone="warn">
          The portal-only accounts are gone afterwards. Undoing these people in the migration brings them
          back.
        </Notice>
      </ConfirmDialog>
    </>
  );
}

/** How many people the button would upgrade; null where that is not known, and then it is not offered. */
function countUpgradable(props: Upgradable): number | null {
  const { filter } = props;
  if (filter.problem && filter.problem !== duplicates) {
    return null;
  }
  if (props.chosen) {
    return props.chosen.filter((row) => row.viewerCanUpgrade).length;
  }
  if (filter.search) {
    // A search narrows the duplicates to what is listed, which is counted only when the filter is on duplicates.
    return filter.problem === duplicates ? props.total : null;
  }
  return props.migration.attentionByProblem.find((row) => row.problem === duplicates)?.count ?? 0;
}

function useUpgrade(props: Upgradable, count: number) {
  const upgrade = useAction(UpgradeDuplicatesDocument);
  const [pending, setPending] = useState(false);
  const migrationId = props.migration.id;
  const inputs = () =>
    props.chosen
      ? props.chosen
          .filter((row) => row.viewerCanUpgrade)
          .map((row) => ({ migrationId, itemId: row.id, expectedCount: 1 }))
      : [
          {
            migrationId,
            filter: {
              openAttention: true,
              problem: duplicates as typeof duplicates,
              search: props.filter.search,
            },
            expectedCount: count,
          },
        ];
  const run = async () => {
    setPending(true);
    let upgraded = 0;
    for (const input of inputs()) {
      const answer = await upgrade.run({ input });
      if (!answer) {
        break;
      }
      upgraded += answer.upgraded;
    }
    setPending(false);
    return upgraded;
  };
  return { run, pending, problem: upgrade.problem };
}
