import { useQuery } from "@apollo/client/react";
import { Button, CloseButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { QueryView } from "../../../shared/query-view.tsx";
import { useShortcuts } from "../../../shared/shortcuts.ts";
import { ActionNotice, useAction } from "../../../shared/use-action.tsx";
import { CopyText } from "../../../ui/copy-text.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { EmptyState } from "../../../ui/page-states.tsx";
import { SkeletonBlock } from "../../../ui/skeleton-rows.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import type { QueuedMigration } from "../attention-page.tsx";
import { SkipItemDocument, UpgradeDuplicatesDocument } from "../migration-actions.generated.ts";
import { MigrationItemDetailDocument, type MigrationItemDetailQuery } from "../migration-items.generated.ts";
import { AccountComparison } from "./account-comparison.tsx";
import classes from "./attention.module.css";
import { SkipDialog } from "./skip-dialog.tsx";

type Detail = NonNullable<NonNullable<MigrationItemDetailQuery["migration"]>["item"]>;

const resolutionWords = {
  APPROVED: "Approved",
  DECLINED: "Declined",
  UPGRADED: "Upgraded",
  SKIPPED: "Skipped",
  PLANNED_AGAIN: "Planned again",
};

/** One person of the queue: what is wrong, what to do, and their accounts compared. */
export function ItemPanel(props: {
  migration: QueuedMigration;
  itemId: string;
  onClose: () => void;
  onResolved: () => void;
}) {
  const query = useQuery(MigrationItemDetailDocument, {
    variables: { migrationId: props.migration.id, itemId: props.itemId },
    fetchPolicy: "no-cache",
  });
  return (
    <aside className={classes.side} aria-label="The chosen person">
      <CloseButton className={classes.close} aria-label="Close" onClick={props.onClose} />
      <QueryView query={query} what="this person" skeleton={<SkeletonBlock height={420} />}>
        {(data) =>
          data.migration?.item ? (
            <ItemBody migration={props.migration} item={data.migration.item} onResolved={props.onResolved} />
          ) : (
            <EmptyState title="This person is not in the queue">
              They may have been resolved already.
            </EmptyState>
          )
        }
      </QueryView>
    </aside>
  );
}

function ItemBody(props: { migration: QueuedMigration; item: Detail; onResolved: () => void }) {
  const { migration, item } = props;
  return (
    <>
      <div className={classes.sideHead}>
        <h2>{item.name || item.email}</h2>
        <CopyText value={item.email} label="Copy email" />
      </div>
      {item.resolution ? (
        <Notice
          tone="good"
          title={`${resolutionWords[item.resolution]}${item.resolvedBy ? ` by ${item.resolvedBy.name}` : ""}${item.followUp ? ` in ${item.followUp.name}` : ""}`}
        >
          {item.resolvedAt && <TimeText value={item.resolvedAt} />}
        </Notice>
      ) : (
        <dl className={classes.problem}>
          <div>
            <dt>Problem</dt>
            <dd>
              <StatusBadge tone="warn">{item.problemText ?? "Requires attention"}</StatusBadge>
              {item.detail && <span>{item.detail}</span>}
            </dd>
          </div>
          <div>
            <dt>Next step</dt>
            <dd>{item.nextStepText ?? item.recommendedAction}</dd>
          </div>
        </dl>
      )}
      {item.undoneAt ? (
        <Notice tone="neutral" title="Undone: this person is as before the run">
          <TimeText value={item.undoneAt} />
        </Notice>
      ) : (
        migration.viewerCanUndo && (
          <div className={classes.actions}>
            <Button
              component={Link}
              to={`/migrations/${migration.id}/undo?item=${item.id}`}
              variant="default"
              size="xs"
            >
              Undo this person…
            </Button>
          </div>
        )
      )}
      {!item.resolution && !item.undoneAt && (
        <ItemActions migration={migration} item={item} onResolved={props.onResolved} />
      )}
      <AccountComparison
        item={item}
        sourceName={migration.sourceSite.name}
        destinationName={migration.destinationSite.name}
      />
    </>
  );
}

function ItemActions(props: { migration: QueuedMigration; item: Detail; onResolved: () => void }) {
  const { migration, item } = props;
  const [skipping, setSkipping] = useState(false);
  const upgrade = useAction(UpgradeDuplicatesDocument);
  const skip = useAction(SkipItemDocument);
  const group = migration.importedGroup;
  const upgradeAndNext = async () => {
    const input = { migrationId: migration.id, itemId: item.id, expectedCount: 1 };
    if (await upgrade.run({ input })) {
      props.onResolved();
    }
  };
  const skipAndNext = async (reason: string) => {
    if (await skip.run({ input: { migrationId: migration.id, itemId: item.id, reason } })) {
      setSkipping(false);
      props.onResolved();
    }
  };
  useShortcuts({
    e: () => {
      if (item.viewerCanUpgrade) {
        void upgradeAndNext();
      } else if (migration.viewerCanResolve) {
        setSkipping(true);
      }
    },
  });
  return (
    <div className={classes.actions}>
      {item.viewerCanUpgrade && (
        <Button loading={upgrade.pending} onClick={() => void upgradeAndNext()}>
          Upgrade &amp; next
        </Button>
      )}
      {item.viewerCanReviewGroup && group && (
        <Button component={Link} to={`/groups/review/${group.id}`}>
          Review group
        </Button>
      )}
      {migration.viewerCanResolve && (
        <Button variant="default" onClick={() => setSkipping(true)}>
          Skip &amp; next…
        </Button>
      )}
      <ActionNotice problem={upgrade.problem} />
      <SkipDialog
        opened={skipping}
        who={item.name || item.email}
        pending={skip.pending}
        error={<ActionNotice problem={skip.problem} />}
        onSkip={(reason) => void skipAndNext(reason)}
        onClose={() => setSkipping(false)}
      />
    </div>
  );
}
