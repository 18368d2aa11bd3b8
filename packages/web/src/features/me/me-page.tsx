import { AccountTabs } from "../../shared/account-tabs.tsx";
import { roleWords } from "../../shared/role-words.ts";
import { useViewerContext } from "../../shared/viewer.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { EmailText } from "../../ui/email-text.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ClosingPanel } from "./closing-panel.tsx";

type ViewerRole = ReturnType<typeof useViewerContext>["viewer"]["roles"][number];

/** /me: who the viewer is here, what they may do where, and how to leave. */
export function MePage() {
  const { viewer } = useViewerContext();
  const { account, organizations, roles } = viewer;
  return (
    <>
      <PageHeader
        title="Your account"
        description="One sign-in for every site and product that knows your email or is connected."
      />
      <AccountTabs />
      <PageStack>
        <Panel title="Profile">
          <FactList
            wide
            facts={[
              { label: "Name", value: account.name },
              { label: "Email", value: <EmailText email={account.email} /> },
              {
                label: organizations.length === 1 ? "Organization" : "Organizations",
                value: organizations.map(({ name }) => name).join(", ") || (
                  <span className="muted">None yet</span>
                ),
              },
            ]}
          />
        </Panel>
        <Panel title="Your roles" description="Given by an admin; ask one for more." flush>
          <DataTable
            caption="Your roles"
            columns={roleColumns}
            rows={roles}
            rowKey={(role) => role.id}
            empty={<p className="muted">No role yet: an admin can invite you to one.</p>}
          />
        </Panel>
        <ClosingPanel />
      </PageStack>
    </>
  );
}

const roleColumns: Column<ViewerRole>[] = [
  { id: "role", header: "Role", cell: (role) => roleWords[role.role] },
  {
    id: "where",
    header: "Where",
    cell: (role) =>
      role.site?.name ?? role.product?.name ?? <span className="muted">The whole organization</span>,
  },
];
