import { useQuery } from "@apollo/client/react";
import { Button, Checkbox } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { IconAddressBook } from "@tabler/icons-react";
import { QueryError } from "../../shared/query-view.tsx";
import { useKeysetPager } from "../../shared/use-keyset-pager.ts";
import { useOrganization } from "../../shared/viewer.tsx";
import { filterOptions } from "../../shared/words.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../ui/filter-bar.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState, NoMatches } from "../../ui/page-states.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { DirectoryFiltersDocument, DirectoryPageDocument } from "./accounts.generated.ts";
import { directoryColumns } from "./directory-columns.tsx";
import { activeWords, identityTypeWords } from "./directory-words.ts";
import type { AccountsSearch } from "./search-params.ts";

const route = getRouteApi("/app/accounts");
const pageSize = 50;

/** The directory: every identity of every person on the organization's sites, searched and paged by the server. */
export function AccountsPage() {
  const organization = useOrganization();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<AccountsSearch>) =>
    void navigate({ search: (old) => ({ ...old, after: undefined, page: undefined, ...next }) });
  const pager = useKeysetPager(pageSize, search, (next) => change(next));
  const query = useQuery(DirectoryPageDocument, {
    variables: { organizationId: organization.id, filter: filterOf(search), after: search.after ?? null },
    fetchPolicy: "no-cache",
  });
  const directory = (query.data ?? query.previousData)?.directory;
  return (
    <>
      <PageHeader
        title="Accounts"
        description="Every identity on every site. A person with a portal-only account and an Atlassian account on one site has two lines, marked as duplicates."
      />
      <Panel flush>
        <DirectoryFilterBar search={search} onChange={change} />
        {query.error && !directory ? (
          <QueryError error={query.error} what="the accounts" refetch={query.refetch} />
        ) : (
          <DataTable
            caption="Accounts"
            columns={directoryColumns}
            rows={directory?.edges.map((edge) => edge.node)}
            rowKey={(entry) => entry.id}
            busy={query.loading}
            onOpen={(entry) =>
              void navigate({
                to: "/accounts/$id",
                params: { id: entry.profileId },
                search: { type: entry.type === "PORTAL_ONLY" ? "portal" : undefined },
              })
            }
            empty={
              isFiltered(search) ? (
                <NoMatches what="accounts" onClear={() => void navigate({ search: {} })} />
              ) : (
                <NoAccountsYet />
              )
            }
            footer={
              directory && (
                <Pager
                  offset={pager.offset}
                  shown={directory.edges.length}
                  total={directory.totalCount}
                  totalIsEstimate={directory.totalIsEstimate}
                  hasNext={directory.pageInfo.hasNextPage}
                  onPrevious={pager.previous}
                  onNext={() => pager.next(directory.pageInfo.endCursor)}
                />
              )
            }
          />
        )}
      </Panel>
    </>
  );
}

function DirectoryFilterBar(props: {
  search: AccountsSearch;
  onChange: (next: Partial<AccountsSearch>) => void;
}) {
  const { search, onChange } = props;
  const organization = useOrganization();
  const query = useQuery(DirectoryFiltersDocument, { variables: { organizationId: organization.id } });
  const sites = query.data?.organization?.sites ?? [];
  return (
    <FilterBar
      end={
        isFiltered(search) && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              onChange({
                search: undefined,
                site: undefined,
                type: undefined,
                active: undefined,
                duplicates: undefined,
              })
            }
          >
            Clear filters
          </Button>
        )
      }
    >
      <SearchField
        label="Search accounts"
        placeholder="Search name or email"
        value={search.search ?? ""}
        onSearch={(text) => onChange({ search: text || undefined })}
      />
      <FilterSelect
        label="Site"
        all="All sites"
        value={search.site}
        options={sites.map((site) => ({ value: site.id, label: site.name }))}
        onChange={(site) => onChange({ site })}
      />
      <FilterSelect
        label="Type"
        all="All types"
        value={search.type}
        options={filterOptions(identityTypeWords)}
        onChange={(type) => onChange({ type })}
      />
      <FilterSelect
        label="Active"
        all="Active or not"
        value={search.active}
        options={filterOptions(activeWords)}
        onChange={(active) => onChange({ active })}
      />
      <Checkbox
        label="Duplicates only"
        checked={search.duplicates === true}
        onChange={(event) => onChange({ duplicates: event.currentTarget.checked || undefined })}
      />
    </FilterBar>
  );
}

function NoAccountsYet() {
  return (
    <EmptyState
      title="No accounts yet"
      icon={<IconAddressBook size={22} aria-hidden />}
      action={
        <Button component={Link} to="/organization">
          Choose a site to upload to
        </Button>
      }
    >
      People appear here when a customers file is uploaded to one of the organization’s sites.
    </EmptyState>
  );
}

function isFiltered(search: AccountsSearch): boolean {
  return Boolean(search.search ?? search.site ?? search.type ?? search.active ?? search.duplicates);
}

function filterOf(search: AccountsSearch) {
  return {
    search: search.search ?? null,
    siteId: search.site ?? null,
    type: search.type ?? null,
    active: search.active === undefined ? null : search.active === "yes",
    duplicatesOnly: search.duplicates ?? null,
  };
}
