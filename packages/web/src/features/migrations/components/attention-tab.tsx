import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatPeople } from "../../../shared/number-format.ts";
import { Count } from "../../../ui/count.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import type { DetailedMigration } from "../migration-page.tsx";

/** Open problems by kind; each opens the queue filtered to it. */
export function AttentionTab(props: { migration: DetailedMigration }) {
  const { migration } = props;
  const total = migration.attentionByProblem.reduce((sum, row) => sum + row.count, 0);
  return (
    <Panel
      title="Open problems"
      description={total > 0 ? `${formatPeople(total)} to act on.` : undefined}
      flush
      actions={
        total > 0 && (
          <Button component={Link} to={`/migrations/${migration.id}/attention`} size="xs">
            Open the queue
          </Button>
        )
      }
    >
      <DataTable
        caption="Open problems"
        rows={migration.attentionByProblem}
        rowKey={(row) => row.problem}
        empty={
          <EmptyState title="Nobody needs attention">
            {migration.finishedAt
              ? "Every person is settled."
              : "Problems appear here as the run finds them."}
          </EmptyState>
        }
        columns={[
          {
            id: "problem",
            header: "Problem",
            cell: (row) => (
              <Link
                to="/migrations/$id/attention"
                params={{ id: migration.id }}
                search={{ problem: row.problem }}
              >
                {row.text}
              </Link>
            ),
          },
          {
            id: "count",
            header: "People",
            numeric: true,
            width: "120px",
            cell: (row) => <Count value={row.count} />,
          },
        ]}
      />
    </Panel>
  );
}
