import { useQuery } from "@apollo/client/react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { IconFlag, IconLink, IconMailbox, IconRobot, IconUserCheck, IconUsers } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { nameKind } from "../../../shared/name-kind.ts";
import { NotFoundState, QueryView } from "../../../shared/query-view.tsx";
import { AskForAccess } from "../../../shared/roles/ask-for-access.tsx";
import { ProductOwnership } from "../../../shared/roles/product-ownership.tsx";
import { useOrganization } from "../../../shared/viewer.tsx";
import { useOrganizationCrumbs } from "../use-organization-crumbs.ts";
import { FactList } from "../../../ui/fact-list.tsx";
import { PageStack } from "../../../ui/layout.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { ForbiddenState } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonBlock } from "../../../ui/skeleton-rows.tsx";
import { StatTile, StatTiles } from "../../../ui/stat-tile.tsx";
import links from "../../../ui/text-link.module.css";
import { FlaggedBots } from "./flagged-bots.tsx";
import { HostingBadge } from "./hosting-badge.tsx";
import { ProductImports } from "./product-imports.tsx";
import { ProductUsers } from "./product-users.tsx";
import { ProductPageDocument, type ProductPageQuery } from "./product.generated.ts";

type Product = NonNullable<ProductPageQuery["product"]>;

const route = getRouteApi("/app/organization/products/$id");
/** How often a link that waits is looked at: whoever follows it is somebody else, elsewhere. */
const lookEvery = 5_000;

/** One product: where it runs and whose it is, its flagged bots, the files of its users, and who they are. */
export function ProductPage() {
  const { id } = route.useParams();
  const crumbs = useOrganizationCrumbs();
  const query = useQuery(ProductPageDocument, { variables: { id }, fetchPolicy: "cache-and-network" });
  const { startPolling, stopPolling } = query;
  const known = query.data?.product ?? null;
  const waits = known?.flagged?.edges.some(({ node }) => node.waitingLink) ?? false;
  useEffect(
    function followWaitingLinks() {
      if (waits) {
        startPolling(lookEvery);
      }
      return stopPolling;
    },
    [waits, startPolling, stopPolling],
  );
  return (
    <>
      <PageHeader
        title={known?.name ?? "Product"}
        crumbs={crumbs}
        description={known && nameKind(known.kind)}
      />
      <QueryView
        query={query}
        what="the product"
        skeleton={
          <PageStack>
            <SkeletonBlock height={90} />
            <SkeletonBlock height={360} />
          </PageStack>
        }
      >
        {({ product }) =>
          product ? (
            <ProductBody
              key={product.id}
              product={product}
              onChanged={() => void query.refetch().catch(() => undefined)}
            />
          ) : (
            <Panel>
              <NotFoundState what="This product" />
            </Panel>
          )
        }
      </QueryView>
    </>
  );
}

function ProductBody(props: { product: Product; onChanged: () => void }) {
  const { product } = props;
  // What was changed here; what others changed shows in the number of flagged bots.
  const [change, setChange] = useState(0);
  const refresh = () => {
    setChange((before) => before + 1);
    props.onChanged();
  };
  return (
    <PageStack>
      <Panel>
        <FactList
          facts={[
            { label: "Hosting", value: <HostingBadge hosting={product.hosting} /> },
            { label: "Site", value: <SiteOf product={product} /> },
            { label: "Owner", value: <ProductOwnership product={product} /> },
          ]}
        />
      </Panel>
      {product.userCounts ? (
        <>
          <UserTiles product={product} counts={product.userCounts} />
          {product.userCounts.flagged > 0 && <FlaggedBots product={product} onChanged={refresh} />}
          {product.viewerCanManageUsers && <ProductImports product={product} onApplied={refresh} />}
          <ProductUsers product={product} version={`${change}/${product.userCounts.flagged}`} />
        </>
      ) : (
        <UsersForbidden product={product} />
      )}
    </PageStack>
  );
}

function SiteOf(props: { product: Product }) {
  const { site } = props.product;
  return site ? (
    <Link className={links.link} to="/organization/sites/$id" params={{ id: site.id }}>
      {site.name}
    </Link>
  ) : (
    <span className="muted">None</span>
  );
}

function UsersForbidden(props: { product: Product }) {
  const { admins } = useOrganization();
  const { name, owner } = props.product;
  const grantors = [...(owner ? [owner] : []), ...admins].map(({ account }) => account.name || account.email);
  return (
    <Panel>
      <ForbiddenState
        title={`You may not see the users of ${name}`}
        whoCanGrant={[...new Set(grantors)]}
        action={<AskForAccess />}
      >
        They are for its owner, its product admins and organization admins.
      </ForbiddenState>
    </Panel>
  );
}

function UserTiles(props: { product: Product; counts: NonNullable<Product["userCounts"]> }) {
  const { counts, product } = props;
  const link = (search: Record<string, unknown>) => ({
    to: "/organization/products/$id",
    params: { id: product.id },
    search,
    hash: "users",
  });
  return (
    <StatTiles>
      <StatTile label="Logins" icon={IconUsers} value={counts.total} {...link({})} />
      <StatTile
        label="Active"
        icon={IconUserCheck}
        tone="good"
        value={counts.active}
        {...link({ active: "yes" })}
      />
      <StatTile label="Linked" icon={IconLink} value={counts.linked} />
      <StatTile label="Bots" icon={IconRobot} value={counts.bots} {...link({ kind: "BOT" })} />
      <StatTile
        label="Distribution lists"
        icon={IconMailbox}
        value={counts.distributionLists}
        {...link({ kind: "DISTRIBUTION_LIST" })}
      />
      <StatTile
        label="Flagged"
        icon={IconFlag}
        tone={counts.flagged > 0 ? "warn" : "neutral"}
        value={counts.flagged}
        {...link({ flagged: true })}
      />
    </StatTiles>
  );
}
