import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { AccountTabs } from "../../shared/account-tabs.tsx";
import { QueryView } from "../../shared/query-view.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ApiTokensPageDocument, type ApiTokenRowFragment } from "./api-tokens.generated.ts";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { NewTokenNotice, type NewToken } from "./new-token-notice.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { tokenColumns } from "./token-columns.tsx";

/** The viewer's API tokens: what scripts ask with in their name. */
export function ApiTokensPage() {
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<NewToken | null>(null);
  const [revoking, setRevoking] = useState<ApiTokenRowFragment | null>(null);
  const [now] = useState(() => Date.now());
  const query = useQuery(ApiTokensPageDocument, { fetchPolicy: "cache-and-network" });
  const look = () => void query.refetch().catch(() => undefined);
  const newToken = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      New token
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API tokens"
        description="For scripts and the rehome command: a token asks in your name, with your rights or fewer, until it expires or you revoke it."
        actions={newToken}
      />
      <AccountTabs />
      {made && <NewTokenNotice made={made} onDone={() => setMade(null)} />}
      <Panel flush>
        <QueryView
          query={query}
          what="your API tokens"
          skeleton={
            <DataTable
              caption="API tokens"
              columns={tokenColumns(now, setRevoking)}
              rows={undefined}
              rowKey={() => ""}
            />
          }
        >
          {({ viewer }) => (
            <DataTable
              caption="API tokens"
              columns={tokenColumns(now, setRevoking)}
              rows={viewer.apiTokens}
              rowKey={(token) => token.id}
              minWidth="620px"
              isMarked={(token) => token.id === made?.id}
              busy={query.loading}
              empty={
                <EmptyState title="No tokens yet" icon={<IconKey size={22} aria-hidden />} action={newToken}>
                  Make one to import, plan, run and watch migrations from a script.
                </EmptyState>
              }
            />
          )}
        </QueryView>
      </Panel>
      <NewTokenDialog
        opened={isMaking}
        onClose={() => setMaking(false)}
        onMade={(token) => {
          setMade(token);
          setMaking(false);
          look();
        }}
      />
      <RevokeDialog
        token={revoking}
        onClose={() => setRevoking(null)}
        onRevoked={(id) => {
          setMade((shown) => (shown?.id === id ? null : shown));
          look();
        }}
      />
    </>
  );
}
