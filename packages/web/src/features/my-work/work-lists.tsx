import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { MigrationProgressCell } from "../../shared/migration/migration-progress-cell.tsx";
import { MigrationStateBadge } from "../../shared/migration/migration-state-badge.tsx";
import { SiteRoute } from "../../shared/migration/site-route.tsx";
import {
  fileKindWords,
  importStateWords,
  nameImportPlace,
} from "../../shared/import-upload/import-fields.ts";
import { useMigrationProgress } from "../../shared/live/use-migration-progress.ts";
import { formatCount, formatNumberOf, formatPeople } from "../../shared/number-format.ts";
import { Panel } from "../../ui/panel.tsx";
import { ListRow, RowList } from "../../ui/row-list.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import type { MyWorkQuery, WorkMigrationFragment } from "./my-work.generated.ts";

type Work = MyWorkQuery["myWork"];

function MigrationTitle(props: { migration: WorkMigrationFragment }) {
  const { migration } = props;
  return (
    <Link to="/migrations/$id" params={{ id: migration.id }} search={{}}>
      {migration.name}
    </Link>
  );
}

function RouteOf(props: { migration: WorkMigrationFragment }) {
  return (
    <SiteRoute source={props.migration.sourceSite.name} destination={props.migration.destinationSite.name} />
  );
}

/** Migrations the server is working on, or that stand paused. */
export function RunningList(props: { migrations: Work["running"] }) {
  return (
    <Panel title="Running" flush>
      <RowList>
        {props.migrations.map((migration) => (
          <RunningRow key={migration.id} migration={migration} />
        ))}
      </RowList>
    </Panel>
  );
}

function RunningRow(props: { migration: WorkMigrationFragment }) {
  const { migration } = props;
  const progress = useMigrationProgress(migration.progress);
  return (
    <ListRow
      title={
        <>
          <MigrationTitle migration={migration} /> <MigrationStateBadge state={progress.state} />
        </>
      }
      detail={<RouteOf migration={migration} />}
      middle={<MigrationProgressCell progress={progress} name={migration.name} />}
      action={
        <Button component={Link} to={`/migrations/${migration.id}`} variant="default" size="xs">
          Watch
        </Button>
      }
    />
  );
}

/** Plans nobody has approved yet. */
export function WaitingList(props: { migrations: Work["waitingForApproval"] }) {
  return (
    <Panel title="Waiting for approval" flush>
      <RowList>
        {props.migrations.map((migration) => (
          <ListRow
            key={migration.id}
            title={
              <Link to="/migrations/$id/plan" params={{ id: migration.id }} search={{}}>
                {migration.name}
              </Link>
            }
            detail={<RouteOf migration={migration} />}
            middle={
              migration.plannedAt && (
                <span className="muted">
                  Planned <TimeText value={migration.plannedAt} format="relative" />
                </span>
              )
            }
            action={
              <Button component={Link} to={`/migrations/${migration.id}/plan`} size="xs">
                Review plan
              </Button>
            }
          />
        ))}
      </RowList>
    </Panel>
  );
}

/** Imported groups whose members wait for the Customer role. */
export function GroupList(props: { groups: Work["groupsToReview"] }) {
  return (
    <Panel title="Imported groups to review" flush>
      <RowList>
        {props.groups.map((group) => (
          <ListRow
            key={group.id}
            title={group.name}
            detail={`On ${group.site.name}`}
            middle={<span className="muted numeric">{formatPeople(group.pendingCount)} waiting</span>}
            action={
              <Button component={Link} to={`/groups/review/${group.id}`} size="xs">
                Review
              </Button>
            }
          />
        ))}
      </RowList>
    </Panel>
  );
}

/** Finished migrations that left people somebody must act on. */
export function AttentionList(props: { migrations: Work["attentionMigrations"] }) {
  return (
    <Panel title="Requires attention" flush>
      <RowList>
        {props.migrations.map((migration) => (
          <ListRow
            key={migration.id}
            title={<MigrationTitle migration={migration} />}
            detail={<RouteOf migration={migration} />}
            middle={<StatusBadge tone="warn">{formatPeople(migration.progress.openAttention)}</StatusBadge>}
            action={
              <Button
                component={Link}
                to={`/migrations/${migration.id}/attention`}
                variant="default"
                size="xs"
              >
                Open queue
              </Button>
            }
          />
        ))}
      </RowList>
    </Panel>
  );
}

/** The latest uploads, with those that wait for Apply or Discard. */
export function ImportList(props: { imports: Work["recentImports"] }) {
  return (
    <Panel title="Recent uploads" flush>
      <RowList>
        {props.imports.map((file) => (
          <ListRow
            key={file.id}
            title={
              <>
                {file.fileName}{" "}
                <StatusBadge tone={importStateWords[file.state].tone}>
                  {importStateWords[file.state].label}
                </StatusBadge>
              </>
            }
            detail={`${fileKindWords[file.fileKind]} for ${nameImportPlace(file)}`}
            middle={
              <span className="muted numeric">
                {formatNumberOf(file.totalRows, "row")}
                {file.badRows > 0 && `, ${formatCount(file.badRows)} with problems`}
              </span>
            }
            action={
              <span className="muted">
                <TimeText value={file.createdAt} format="relative" />
              </span>
            }
          />
        ))}
      </RowList>
    </Panel>
  );
}
