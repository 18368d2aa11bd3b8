import { PageStack } from "../../../ui/layout.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatTile, StatTiles } from "../../../ui/stat-tile.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import type { DetailedMigration } from "../migration-page.tsx";
import type { MigrationSearch } from "../search-params.ts";
import { ProofCauses } from "./proof-causes.tsx";
import { ProofDifferences } from "./proof-differences.tsx";

/** Who reached what before, compared with now: the verdict, what explains the changes, and every one of them. */
export function ProofTab(props: {
  migration: DetailedMigration;
  search: MigrationSearch;
  onSearch: (next: MigrationSearch) => void;
}) {
  const { id, proof } = props.migration;
  if (!proof) {
    return (
      <Panel>
        <EmptyState title="No access proof yet">
          When everybody is copied, access before and after is compared, person by person.
        </EmptyState>
      </Panel>
    );
  }
  const tile = (unit: string) => ({ hint: unit, to: "/migrations/$id", params: { id } });
  return (
    <PageStack>
      {proof.verdict === "PASSED" && (
        <Notice tone="good" title="Access proof passed: every change in access is explained" />
      )}
      {!proof.current && (
        <Notice tone="info" live title="Access changed since; the proof is being computed again">
          The figures below are the ones from before.
        </Notice>
      )}
      <StatTiles>
        <StatTile
          label="Gained"
          value={proof.gained}
          tone="good"
          {...tile("person and resource")}
          search={{ tab: "proof", change: "GAINED" }}
        />
        <StatTile
          label="Lost"
          value={proof.lost}
          tone={proof.lost > 0 ? "warn" : "neutral"}
          {...tile("person and resource")}
          search={{ tab: "proof", change: "LOST" }}
        />
        <StatTile
          label="Unexplained"
          value={proof.unexplained}
          tone={proof.unexplained > 0 ? "bad" : "neutral"}
          {...tile("must be zero")}
          search={{ tab: "proof", unexplained: true }}
        />
      </StatTiles>
      <p className="muted">
        Computed <TimeText value={proof.computedAt} />, and again after every approval, upgrade and undo.
      </p>
      {proof.causes.length > 0 && <ProofCauses migrationId={id} causes={proof.causes} />}
      <ProofDifferences
        migrationId={id}
        version={proof.computedAt}
        csvUrl={proof.csvUrl}
        search={props.search}
        onSearch={props.onSearch}
      />
    </PageStack>
  );
}
