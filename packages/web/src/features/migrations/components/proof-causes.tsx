import { Link } from "@tanstack/react-router";
import { formatCount } from "../../../shared/number-format.ts";
import { accessChangeWords } from "../../../shared/words.ts";
import { DataTable, type Column } from "../../../ui/data-table.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatusBadge } from "../../../ui/status-badge.tsx";
import type { AccessProofFieldsFragment } from "../access-proof.generated.ts";

type Proof = NonNullable<AccessProofFieldsFragment["proof"]>;
type Cause = Proof["causes"][number];

/** How much each cause accounts for; a cause leads to its entries. */
export function ProofCauses(props: { migrationId: string; causes: readonly Cause[] }) {
  const columns: Column<Cause>[] = [
    {
      id: "cause",
      header: "Explained by",
      cell: (row) => (
        <Link
          to="/migrations/$id"
          params={{ id: props.migrationId }}
          search={{
            tab: "proof",
            change: row.change,
            ...(row.cause === null ? { unexplained: true } : { cause: row.cause }),
          }}
          resetScroll={false}
        >
          {row.explainedBy ?? <StatusBadge tone="bad">Unexplained</StatusBadge>}
        </Link>
      ),
    },
    {
      id: "change",
      header: "Change",
      cell: (row) => (
        <StatusBadge tone={accessChangeWords[row.change].tone}>
          {accessChangeWords[row.change].label}
        </StatusBadge>
      ),
    },
    { id: "people", header: "People", numeric: true, cell: (row) => formatCount(row.people) },
    { id: "entries", header: "Changes", numeric: true, cell: (row) => formatCount(row.entries) },
  ];
  return (
    <Panel title="By cause" description="A change is one person and one project or request." flush>
      <DataTable
        caption="Changes in access by cause"
        columns={columns}
        rows={props.causes}
        rowKey={(row) => `${row.change}:${row.cause}:${row.explainedBy}`}
        fullHeight
        minWidth="480px"
      />
    </Panel>
  );
}
