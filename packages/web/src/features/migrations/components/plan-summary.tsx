import { IconAlertTriangle, IconBan, IconEqual, IconLink, IconUserPlus } from "@tabler/icons-react";
import { formatPeople } from "../../../shared/number-format.ts";
import { StatTile, StatTiles } from "../../../ui/stat-tile.tsx";
import type { PlannedMigration } from "../plan-page.tsx";

/** How many people each thing happens to; each tile filters the people below. */
export function PlanSummary(props: { plan: NonNullable<PlannedMigration["plan"]> }) {
  const { plan } = props;
  return (
    <section aria-label={`What the plan does with ${formatPeople(plan.totalItems)}`}>
      <StatTiles>
        <StatTile
          label="Will be created"
          value={plan.create}
          icon={IconUserPlus}
          tone="info"
          hint="New portal-only accounts"
          to="."
          hash="people"
          search={{ effect: "CREATE" }}
        />
        <StatTile
          label="Will be linked"
          value={plan.link}
          icon={IconLink}
          tone="info"
          hint="To what is already there"
          to="."
          hash="people"
          search={{ effect: "LINK" }}
        />
        <StatTile
          label="Unchanged"
          value={plan.unchanged}
          icon={IconEqual}
          hint="Left as they are"
          to="."
          hash="people"
          search={{ effect: "UNCHANGED" }}
        />
        <StatTile
          label="Require attention"
          value={plan.requiresAttention}
          icon={IconAlertTriangle}
          tone={plan.requiresAttention > 0 ? "warn" : "neutral"}
          hint="Each with a next step"
          to="."
          hash="people"
          search={{ outcome: "REQUIRES_ATTENTION" }}
        />
        <StatTile
          label="Not copied"
          value={plan.notCopied}
          icon={IconBan}
          tone={plan.notCopied > 0 ? "bad" : "neutral"}
          hint="Each with its reason"
          to="."
          hash="people"
          search={{ effect: "NOT_COPIED" }}
        />
      </StatTiles>
    </section>
  );
}
