import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconPlus, IconRobot } from "@tabler/icons-react";
import { useState } from "react";
import { QueryView } from "../../shared/query-view.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState, ForbiddenState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import {
  ServiceAccountsPageDocument,
  type ApiTokenRowFragment,
  type ServiceAccountCardFragment,
} from "./api-tokens.generated.ts";
import { NewServiceAccountDialog } from "./new-service-account-dialog.tsx";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { NewTokenNotice, type NewToken } from "./new-token-notice.tsx";
import { RemoveServiceAccountDialog } from "./remove-service-account-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { ServiceAccountPanel } from "./service-account-panel.tsx";

/** The organization's accounts for programs, each with its tokens. */
export function ServiceAccountsPage() {
  const organization = useOrganization();
  const [isMaking, setMaking] = useState(false);
  const [removing, setRemoving] = useState<ServiceAccountCardFragment | null>(null);
  const [tokenOf, setTokenOf] = useState<ServiceAccountCardFragment | null>(null);
  const [made, setMade] = useState<NewToken | null>(null);
  const [revoking, setRevoking] = useState<ApiTokenRowFragment | null>(null);
  const query = useQuery(ServiceAccountsPageDocument, {
    variables: { organizationId: organization.id },
    fetchPolicy: "cache-and-network",
  });
  const look = () => void query.refetch().catch(() => undefined);
  const newAccount = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      New service account
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Service accounts"
        crumbs={[{ label: organization.name, to: "/organization" }]}
        description="Accounts for programs that outlive the person who set them up. Nobody signs in to one and no mail reaches it: API tokens ask in its name."
        actions={organization.viewerCanAdminister && newAccount}
      />
      {made && <NewTokenNotice made={made} onDone={() => setMade(null)} />}
      <QueryView query={query} what="the service accounts" skeleton={<SkeletonBlock height={240} />}>
        {(data) =>
          data.organization?.viewerCanAdminister ? (
            <PageStack>
              {data.organization.serviceAccounts.length === 0 && (
                <Panel>
                  <EmptyState
                    title="No service accounts yet"
                    icon={<IconRobot size={22} aria-hidden />}
                    action={newAccount}
                  >
                    A nightly import or a deployment keeps working when the person who made it leaves.
                  </EmptyState>
                </Panel>
              )}
              {data.organization.serviceAccounts.map((account) => (
                <ServiceAccountPanel
                  key={account.id}
                  account={account}
                  markedToken={made?.id ?? null}
                  onNewToken={() => setTokenOf(account)}
                  onRemove={() => setRemoving(account)}
                  onRevoke={setRevoking}
                />
              ))}
            </PageStack>
          ) : (
            <Panel>
              <ForbiddenState
                title="Service accounts are for organization admins"
                whoCanGrant={organization.admins.map((admin) => admin.account.name)}
              >
                They act with an admin’s rights, so only admins see and make them.
              </ForbiddenState>
            </Panel>
          )
        }
      </QueryView>
      <NewServiceAccountDialog
        opened={isMaking}
        sites={query.data?.organization?.sites ?? []}
        onClose={() => setMaking(false)}
        onMade={(account) => {
          setMaking(false);
          setTokenOf(account);
          look();
        }}
      />
      <RemoveServiceAccountDialog account={removing} onClose={() => setRemoving(null)} onRemoved={look} />
      <NewTokenDialog
        opened={tokenOf !== null}
        serviceAccount={tokenOf}
        onClose={() => setTokenOf(null)}
        onMade={(token) => {
          setMade(token);
          setTokenOf(null);
          look();
        }}
      />
      <RevokeDialog
        ofService
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
