import { DataTable } from "../../../ui/data-table.tsx";
import { PageStack } from "../../../ui/layout.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatTile, StatTiles } from "../../../ui/stat-tile.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import { formatNumberOf } from "../../../shared/number-format.ts";
import type { DetailedMigration } from "../migration-page.tsx";

/** Who reaches what before and after: what was gained, what was lost, and whether each is explained. */
export function ProofTab(props: { migration: DetailedMigration }) {
  const proof = props.migration.accessProof;
  if (!proof) {
    return (
      <Panel>
        <EmptyState title="No access proof yet">
          When everybody is copied, access before and after is compared, person by person.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <PageStack>
      {proof.unexplained > 0 ? (
        <Notice
          tone="bad"
          title={`${formatNumberOf(proof.unexplained, "change")} in access cannot be explained`}
        >
          The proof fails. AccessProof.csv in the report lists each one.
        </Notice>
      ) : (
        <Notice tone="good" title="Every change in access is explained by an outcome" />
      )}
      <StatTiles>
        <StatTile label="Gained" value={proof.gained} tone="good" hint="person and resource" />
        <StatTile
          label="Lost"
          value={proof.lost}
          tone={proof.lost > 0 ? "warn" : "neutral"}
          hint="person and resource"
        />
        <StatTile
          label="Unexplained"
          value={proof.unexplained}
          tone={proof.unexplained > 0 ? "bad" : "neutral"}
          hint="must be zero"
        />
      </StatTiles>
      <Panel
        title="Sample"
        description="AccessProof.csv in the report lists every change."
        actions={
          <span className="muted">
            Computed <TimeText value={proof.computedAt} />
          </span>
        }
        flush
      >
        <DataTable
          caption="Sample of changes in access"
          rows={proof.sample}
          rowKey={(entry) => `${entry.email}:${entry.resource}:${entry.change}`}
          minWidth="640px"
          empty={
            <EmptyState title="Nobody’s access changed">
              Everyone reaches what they reached before.
            </EmptyState>
          }
          columns={[
            { id: "email", header: "Email", cell: (entry) => entry.email },
            { id: "resource", header: "Resource", cell: (entry) => entry.resource },
            {
              id: "change",
              header: "Change",
              cell: (entry) => (
                <StatusBadge tone={entry.change === "lost" ? "warn" : "good"}>
                  {entry.change === "lost" ? "Lost" : "Gained"}
                </StatusBadge>
              ),
            },
            {
              id: "why",
              header: "Explained by",
              cell: (entry) => entry.explainedBy ?? <StatusBadge tone="bad">Unexplained</StatusBadge>,
            },
          ]}
        />
      </Panel>
    </PageStack>
  );
}
