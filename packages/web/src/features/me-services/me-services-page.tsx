import { useApolloClient, useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import { AccountTabs } from "../../shared/account-tabs.tsx";
import { QueryView } from "../../shared/query-view.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RowList } from "../../ui/row-list.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { ConnectDialog, type Target } from "./connect-dialog.tsx";
import { ConnectedRow, OfferedRow } from "./login-rows.tsx";
import {
  MeServicesPageDocument,
  type ConnectedServiceFieldsFragment,
  type MeServicesPageQuery,
} from "./me-services.generated.ts";
import { DisconnectDialog } from "./disconnect-dialog.tsx";
import { PendingNotice } from "./pending-notice.tsx";
import { FurtherRow, OpenRow } from "./service-rows.tsx";

type Services = MeServicesPageQuery["viewer"]["services"];

/** /me/services: which logins of products the account uses, changing them, and what else there is to open. */
export function MeServicesPage() {
  const query = useQuery(MeServicesPageDocument, { fetchPolicy: "cache-and-network" });
  return (
    <>
      <PageHeader
        title="Services"
        description="The sites and products that your account opens, and the logins it uses in them."
      />
      <AccountTabs />
      <QueryView
        query={query}
        what="your services"
        skeleton={
          <PageStack>
            <SkeletonBlock height={180} />
            <SkeletonBlock height={240} />
          </PageStack>
        }
      >
        {({ viewer }) => <ServicesPanels services={viewer.services} />}
      </QueryView>
    </>
  );
}

function ServicesPanels(props: { services: Services }) {
  const { connected, offered, pending, services } = props.services;
  const client = useApolloClient();
  const [target, setTarget] = useState<Target | null>(null);
  const [leaving, setLeaving] = useState<ConnectedServiceFieldsFragment | null>(null);
  const look = () => void client.refetchQueries({ include: [MeServicesPageDocument] });
  const products = services.filter(({ type }) => type === "PRODUCT");
  const open = services.filter(({ because }) => because.length > 0);
  const further = services.filter(({ because }) => because.length === 0);
  const waiting = new Set(pending.map(({ product }) => product.id));
  const connect =
    products.length === 0 ? null : (
      <Button variant="default" onClick={() => setTarget({ product: null, present: null })}>
        Connect a login…
      </Button>
    );
  return (
    <PageStack>
      {pending.map((row) => (
        <PendingNotice key={row.product.id} pending={row} onChanged={look} />
      ))}
      <Panel
        title="Connected services"
        description="Each product is used with one login of yours. Its email need not be that of your account."
        actions={connected.length > 0 && connect}
        flush
      >
        {connected.length === 0 ? (
          <EmptyState
            title="No login is connected yet"
            icon={<IconPlugConnected size={22} aria-hidden />}
            action={connect}
          >
            {products.length === 0
              ? "No organization of yours has a product yet."
              : "Connect the login you have in a product; a mail to its address confirms that it is yours."}
          </EmptyState>
        ) : (
          <RowList>
            {connected.map((row) => (
              <ConnectedRow
                key={row.id}
                login={row}
                onChange={() => setTarget({ product: row.product, present: row })}
                onDisconnect={() => setLeaving(row)}
              />
            ))}
          </RowList>
        )}
      </Panel>
      {offered.length > 0 && (
        <Panel
          title="Logins with your email"
          description="They are on no account. A mail to your email confirms each."
          flush
        >
          <RowList>
            {offered.map((row) => (
              <OfferedRow key={row.id} login={row} isWaiting={waiting.has(row.product.id)} onAsked={look} />
            ))}
          </RowList>
        </Panel>
      )}
      {open.length > 0 && (
        <Panel title="Open to you" flush>
          <RowList>
            {open.map((service) => (
              <OpenRow key={service.id} service={service} />
            ))}
          </RowList>
        </Panel>
      )}
      {further.length > 0 && (
        <Panel
          title="Further services"
          description="Of your organizations. Ask for access, or connect the login you have there."
          flush
        >
          <RowList>
            {further.map((service) => (
              <FurtherRow
                key={service.id}
                service={service}
                onAsked={look}
                onConnect={() =>
                  setTarget({ product: { id: service.id, name: service.name }, present: null })
                }
              />
            ))}
          </RowList>
        </Panel>
      )}
      {target && (
        <ConnectDialog
          target={target}
          products={products}
          onClose={() => setTarget(null)}
          onAsked={() => {
            setTarget(null);
            look();
          }}
        />
      )}
      {leaving && (
        <DisconnectDialog
          login={leaving}
          onClose={() => setLeaving(null)}
          onDone={() => {
            setLeaving(null);
            look();
          }}
        />
      )}
    </PageStack>
  );
}
