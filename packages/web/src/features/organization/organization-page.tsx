import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IconBuilding, IconPlus, IconRobot, IconUserShield } from "@tabler/icons-react";
import { useState } from "react";
import { formatNumberOf } from "../../shared/number-format.ts";
import { NotFoundState, QueryView } from "../../shared/query-view.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { Count } from "../../ui/count.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { PageStack, Split } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton-rows.tsx";
import { ApprovalPolicyPanel } from "./approval-policy-panel.tsx";
import { AdminList } from "./admin-list.tsx";
import { BrakeLimitsPanel } from "./brake-limits-panel.tsx";
import { MailPanel } from "./mail-panel.tsx";
import { KindWordsPanel } from "./kind-words-panel.tsx";
import { NewSiteDialog } from "./new-site-dialog.tsx";
import { OrganizationOverviewDocument, type OrganizationOverviewQuery } from "./organization.generated.ts";
import classes from "./organization.module.css";
import { ProductTable } from "./product-table.tsx";

type Organization = NonNullable<OrganizationOverviewQuery["organization"]>;
type Site = Organization["sites"][number];

/** The organization: its sites with their counts, products, admins, claimed domains and kind words. */
export function OrganizationPage() {
  const { id, name, viewerCanAdminister } = useOrganization();
  const [creating, setCreating] = useState(false);
  const query = useQuery(OrganizationOverviewDocument, { variables: { id } });
  return (
    <>
      <PageHeader
        title={name}
        documentTitle={`Organization ${name}`}
        description="The sites people are moved between, and the rules its migrations follow."
        actions={
          <>
            <Button
              component={Link}
              to="/organization/people"
              variant="default"
              leftSection={<IconUserShield size={16} aria-hidden />}
            >
              People and roles
            </Button>
            {viewerCanAdminister && (
              <>
                <Button
                  variant="default"
                  leftSection={<IconRobot size={16} aria-hidden />}
                  component={Link}
                  to="/organization/service-accounts"
                >
                  Service accounts
                </Button>
                <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
                  New site
                </Button>
              </>
            )}
          </>
        }
      />
      <QueryView query={query} what="the organization" skeleton={<SkeletonBlock height={420} />}>
        {({ organization }) =>
          organization ? (
            <OrganizationBody organization={organization} onNewSite={() => setCreating(true)} />
          ) : (
            <Panel>
              <NotFoundState what="This organization" />
            </Panel>
          )
        }
      </QueryView>
      <NewSiteDialog opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function OrganizationBody(props: { organization: Organization; onNewSite: () => void }) {
  const { organization } = props;
  return (
    <PageStack>
      <Panel title="Sites" flush>
        <DataTable
          caption="Sites"
          columns={siteColumns}
          rows={organization.sites}
          rowKey={(site) => site.id}
          empty={
            <EmptyState
              title="No sites yet"
              icon={<IconBuilding size={22} aria-hidden />}
              action={organization.viewerCanAdminister && <Button onClick={props.onNewSite}>New site</Button>}
            >
              People are uploaded to a site and copied between sites.
              {!organization.viewerCanAdminister && " An organization admin can make the first one."}
            </EmptyState>
          }
        />
      </Panel>
      <Split>
        <PageStack>
          <ApprovalPolicyPanel organization={organization} />
          <BrakeLimitsPanel organization={organization} />
          <KindWordsPanel organization={organization} />
          <Panel title="Products" flush>
            <ProductTable products={organization.products} showSite />
          </Panel>
          {organization.viewerCanAdminister && <MailPanel organizationId={organization.id} />}
        </PageStack>
        <PageStack>
          <Panel title="Organization admins" flush>
            <AdminList admins={organization.admins} empty="Nobody administers the organization." />
          </Panel>
          <Panel
            title="Claimed domains"
            description="Accounts of these domains are managed by the organization."
            flush
          >
            {organization.claimedDomains.length === 0 ? (
              <p className={`muted ${classes.list}`}>No domain is claimed, so no account is managed.</p>
            ) : (
              <ul className={classes.list}>
                {organization.claimedDomains.map((domain) => (
                  <li key={domain}>{domain}</li>
                ))}
              </ul>
            )}
          </Panel>
        </PageStack>
      </Split>
    </PageStack>
  );
}

const siteColumns: Column<Site>[] = [
  {
    id: "name",
    header: "Site",
    cell: (site) => (
      <>
        <Link to="/organization/sites/$id" params={{ id: site.id }}>
          {site.name}
        </Link>
        <div className="muted">{site.urlName}</div>
      </>
    ),
  },
  {
    id: "accounts",
    header: "Accounts",
    numeric: true,
    cell: (site) => <Count value={site.counts.accounts} />,
  },
  {
    id: "role",
    header: "With Customer role",
    numeric: true,
    hideBelow: "md",
    cell: (site) => <Count value={site.counts.accountsWithCustomerRole} />,
  },
  {
    id: "portal",
    header: "Portal-only",
    numeric: true,
    cell: (site) => <Count value={site.counts.portalCustomers} />,
  },
  {
    id: "both",
    header: "Both types",
    numeric: true,
    hideBelow: "sm",
    cell: (site) =>
      site.counts.bothTypes === 0 ? (
        <Count value={0} />
      ) : (
        <Link
          to="/accounts"
          search={{ site: site.id, duplicates: true }}
          aria-label={`${formatNumberOf(site.counts.bothTypes, "email")} with both types on ${site.name}`}
        >
          <Count value={site.counts.bothTypes} />
        </Link>
      ),
  },
  {
    id: "deactivated",
    header: "Deactivated",
    numeric: true,
    hideBelow: "md",
    cell: (site) => <Count value={site.counts.deactivated} />,
  },
  {
    id: "requests",
    header: "Requests",
    numeric: true,
    hideBelow: "sm",
    cell: (site) => <Count value={site.counts.requests} />,
  },
];
