import { IconAlertTriangle, IconBan, IconEqual, IconLink, IconUserPlus } from "@tabler/icons-react";
import type { MigrationProgressFieldsFragment } from "../../../shared/live/migration-live.generated.ts";
import { formatCount } from "../../../shared/number-format.ts";
import { StatTile, StatTiles } from "../../../ui/stat-tile.tsx";

/** What has come of the people so far; each tile opens them. Dashes before the start: zero is not known yet. */
export function OutcomeTiles(props: { migrationId: string; progress: MigrationProgressFieldsFragment }) {
  const { progress } = props;
  const started = progress.startedAt !== null;
  const tile = (search: Record<string, unknown>) => ({
    to: "/migrations/$id",
    params: { id: props.migrationId },
    search: { tab: "accounts", ...search },
    hash: "details",
  });
  const known = (value: number) => (started ? value : null);
  return (
    <section aria-label="Outcomes so far">
      <StatTiles>
        <StatTile
          label="Created"
          value={known(progress.created)}
          icon={IconUserPlus}
          tone="info"
          {...tile({ effect: "CREATE" })}
        />
        <StatTile
          label="Linked"
          value={known(progress.linked)}
          icon={IconLink}
          tone="info"
          {...tile({ effect: "LINK" })}
        />
        <StatTile
          label="Unchanged"
          value={known(progress.unchanged)}
          icon={IconEqual}
          {...tile({ effect: "UNCHANGED" })}
        />
        <StatTile
          label="Attention"
          value={known(progress.requiresAttention)}
          icon={IconAlertTriangle}
          tone={progress.requiresAttention > 0 ? "warn" : "neutral"}
          hint={
            started && progress.requiresAttention > 0
              ? `${formatCount(progress.openAttention)} open`
              : undefined
          }
          to="/migrations/$id/attention"
          params={{ id: props.migrationId }}
        />
        <StatTile
          label="Failed"
          value={known(progress.failed)}
          icon={IconBan}
          tone={progress.failed > 0 ? "bad" : "neutral"}
          {...tile({ outcome: "FAILED" })}
        />
      </StatTiles>
    </section>
  );
}
