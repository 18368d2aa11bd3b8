import { useQuery } from "@apollo/client/react";
import { Button, Checkbox } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { IconUsers } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef } from "react";
import { QueryError } from "../../../shared/query-view.tsx";
import { useKeysetPager } from "../../../shared/use-keyset-pager.ts";
import { filterOptions, personKindWords } from "../../../shared/words.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../../ui/filter-bar.tsx";
import { EmptyState, NoMatches } from "../../../ui/page-states.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { activeWords, filterOf, isFiltered, type ProductSearch } from "./product-search.ts";
import { userColumns } from "./user-columns.tsx";
import { ProductUsersDocument } from "./product.generated.ts";

const route = getRouteApi("/app/organization/products/$id");
const pageSize = 50;

/** Every login of a product, searched and paged by the server. Another `version` reads them again. */
export function ProductUsers(props: {
  product: { id: string; name: string; viewerCanManageUsers: boolean };
  version: string;
}) {
  const { product } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<ProductSearch>) =>
    void navigate({
      search: (old) => ({ ...old, after: undefined, page: undefined, ...next }),
      resetScroll: false,
    });
  const pager = useKeysetPager(pageSize, search, change);
  const query = useQuery(ProductUsersDocument, {
    variables: { id: product.id, after: search.after ?? null, filter: filterOf(search) },
    fetchPolicy: "no-cache",
  });
  const readAgain = useEffectEvent(() => void query.refetch().catch(() => undefined));
  const shownVersion = useRef(props.version);
  useEffect(
    function followChanges() {
      if (shownVersion.current !== props.version) {
        shownVersion.current = props.version;
        readAgain();
      }
    },
    [props.version],
  );
  const users = (query.data ?? query.previousData)?.product?.users;
  return (
    <Panel title="Users" id="users" flush>
      <UserFilterBar search={search} onChange={change} />
      {query.error && !users ? (
        <QueryError error={query.error} what="the users" refetch={query.refetch} />
      ) : (
        <DataTable
          caption={`Users of ${product.name}`}
          columns={userColumns}
          rows={users?.edges.map((edge) => edge.node)}
          rowKey={(user) => user.id}
          busy={query.loading}
          empty={
            isFiltered(search) ? (
              <NoMatches what="users" onClear={() => change(noFilter)} />
            ) : (
              <EmptyState title="No users yet" icon={<IconUsers size={22} aria-hidden />}>
                {product.viewerCanManageUsers
                  ? "Upload a file of the product’s users above."
                  : "They appear here when a file of the product’s users is uploaded."}
              </EmptyState>
            )
          }
          footer={
            users && (
              <Pager
                offset={pager.offset}
                shown={users.edges.length}
                total={users.totalCount}
                hasNext={users.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(users.pageInfo.endCursor)}
              />
            )
          }
        />
      )}
    </Panel>
  );
}

const noFilter: Partial<ProductSearch> = {
  search: undefined,
  kind: undefined,
  active: undefined,
  flagged: undefined,
};

function UserFilterBar(props: { search: ProductSearch; onChange: (next: Partial<ProductSearch>) => void }) {
  const { search, onChange } = props;
  return (
    <FilterBar
      end={
        isFiltered(search) && (
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(noFilter)}>
            Clear filters
          </Button>
        )
      }
    >
      <SearchField
        label="Search users"
        placeholder="Search name, email or login"
        value={search.search ?? ""}
        onSearch={(text) => onChange({ search: text || undefined })}
      />
      <FilterSelect
        label="Kind"
        all="All kinds"
        value={search.kind}
        options={filterOptions(personKindWords)}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterSelect
        label="Active"
        all="Active or not"
        value={search.active}
        options={filterOptions(activeWords)}
        onChange={(active) => onChange({ active })}
      />
      <Checkbox
        label="Flagged only"
        checked={search.flagged === true}
        onChange={(event) => onChange({ flagged: event.currentTarget.checked || undefined })}
      />
    </FilterBar>
  );
}
