import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconUserPlus, IconUserShield } from "@tabler/icons-react";
import { useState } from "react";
import { QueryError } from "../../../shared/query-view.tsx";
import { AskForAccess } from "../../../shared/roles/ask-for-access.tsx";
import { roleWords } from "../../../shared/role-words.ts";
import { useKeysetPager } from "../../../shared/use-keyset-pager.ts";
import { filterOptions } from "../../../shared/words.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { FilterBar, FilterSelect } from "../../../ui/filter-bar.tsx";
import { PageStack } from "../../../ui/layout.tsx";
import { EmptyState, NoMatches } from "../../../ui/page-states.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { ClosingRequests } from "./closing-requests.tsx";
import { InvitationPanel } from "./invitation-panel.tsx";
import { peopleColumns, type RoleAction } from "./people-columns.tsx";
import type { PeopleSearch } from "./people-search.ts";
import { PeoplePageDocument, PendingInvitationsDocument, RolePlacesDocument } from "./people.generated.ts";
import { RemoveRoleDialog } from "./remove-role-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { grantablePlaces, type GrantablePlaces } from "./role-places.ts";

const pageSize = 50;

interface PanelProps {
  organizationId: string;
  /** Only the roles of this site; its filter is left out. */
  siteId?: string;
  /** The products of an owner who sees nobody else's people; undefined for readers of the directory. */
  ownProducts?: readonly string[];
  search: PeopleSearch;
  onChange: (next: Partial<PeopleSearch>) => void;
}

/** People with their roles and the invitations that wait, of an organization or of one site. */
export function PeoplePanels(props: PanelProps) {
  const { organizationId, onChange, search } = props;
  const siteId = props.siteId ?? search.site ?? null;
  const productId = search.product ?? null;
  const [action, setAction] = useState<RoleAction | null>(null);
  const pager = useKeysetPager(pageSize, search, onChange);
  const places = useQuery(RolePlacesDocument, { variables: { organizationId } }).data?.organization ?? null;
  const filter = { search: search.search ?? null, role: search.role ?? null, siteId, productId };
  const query = useQuery(PeoplePageDocument, {
    variables: { organizationId, filter, after: search.after ?? null },
    fetchPolicy: "no-cache",
  });
  const invitations = useQuery(PendingInvitationsDocument, {
    variables: { organizationId, siteId: props.siteId ?? null, productId },
    fetchPolicy: "no-cache",
    skip: query.error !== undefined,
  });
  const people = (query.data ?? query.previousData)?.peopleWithRoles;
  const look = () => void Promise.all([query.refetch(), invitations.refetch()]).catch(() => undefined);
  const grantable = grantablePlaces(places, props.siteId);
  const invite = grantable.roles.length > 0 && (
    <Button
      leftSection={<IconUserPlus size={16} aria-hidden />}
      onClick={() => setAction({ kind: "invite" })}
    >
      Invite
    </Button>
  );
  const narrowed = props.ownProducts === undefined ? (search.site ?? search.product) : undefined;
  const isFiltered = Boolean(search.search ?? search.role ?? narrowed);
  if (query.error && !people) {
    return (
      <Panel>
        <QueryError
          error={query.error}
          what="the people and their roles"
          refetch={query.refetch}
          forbiddenAction={<AskForAccess siteId={props.siteId} />}
        />
      </Panel>
    );
  }
  return (
    <PageStack>
      {places?.viewerCanAdminister === true && props.siteId === undefined && (
        <ClosingRequests organizationId={organizationId} />
      )}
      <Panel title="People" actions={invite} flush>
        <PeopleFilterBar {...props} places={places} isFiltered={isFiltered} />
        <DataTable
          caption="People and roles"
          columns={peopleColumns(places?.name ?? "", grantable.roles.length > 0, setAction)}
          rows={people?.edges.map((edge) => edge.node)}
          rowKey={(person) => person.id}
          busy={query.loading}
          fullHeight
          empty={
            isFiltered ? (
              <NoMatches
                what="people"
                onClear={() =>
                  onChange({ search: undefined, role: undefined, site: undefined, product: undefined })
                }
              />
            ) : (
              <EmptyState
                title="Nobody has a role here alone"
                icon={<IconUserShield size={22} aria-hidden />}
                action={invite}
              >
                Organization admins administer every site and product.
              </EmptyState>
            )
          }
          footer={
            people && (
              <Pager
                offset={pager.offset}
                shown={people.edges.length}
                total={null}
                hasNext={people.pageInfo.hasNextPage}
                onPrevious={pager.previous}
                onNext={() => pager.next(people.pageInfo.endCursor)}
              />
            )
          }
        />
      </Panel>
      <InvitationPanel
        invitations={invitations.data?.invitations.edges.map((edge) => edge.node)}
        error={invitations.error}
        onRetry={invitations.refetch}
        onChanged={look}
      />
      {action && (
        <RoleDialogs
          action={action}
          organizationId={organizationId}
          organizationName={places?.name ?? ""}
          places={grantable}
          onClose={() => setAction(null)}
          onDone={look}
        />
      )}
    </PageStack>
  );
}

/** The dialog of what is about to be done. */
function RoleDialogs(props: {
  action: RoleAction;
  organizationId: string;
  organizationName: string;
  places: GrantablePlaces;
  onClose: () => void;
  onDone: () => void;
}) {
  const { action, organizationName, ...rest } = props;
  return action.kind === "remove" ? (
    <RemoveRoleDialog
      person={action.person}
      role={action.role}
      organizationName={organizationName}
      onClose={rest.onClose}
      onDone={rest.onDone}
    />
  ) : (
    <RoleDialog action={action} {...rest} />
  );
}

function PeopleFilterBar(
  props: PanelProps & {
    places: { sites: { id: string; name: string }[]; products: { id: string; name: string }[] } | null;
    isFiltered: boolean;
  },
) {
  const { onChange, ownProducts, places, search } = props;
  const products = (places?.products ?? []).filter(({ id }) => ownProducts?.includes(id) ?? true);
  const asOption = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  return (
    <FilterBar
      end={
        props.isFiltered && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              onChange({ search: undefined, role: undefined, site: undefined, product: undefined })
            }
          >
            Clear filters
          </Button>
        )
      }
    >
      <SearchField
        label="Search people"
        placeholder="Search name or email"
        value={search.search ?? ""}
        onSearch={(text) => onChange({ search: text || undefined })}
      />
      {props.siteId === undefined && (
        <>
          <FilterSelect
            label="Role"
            all="All roles"
            value={search.role}
            options={filterOptions(roleWords)}
            onChange={(role) => onChange({ role })}
          />
          {ownProducts === undefined && (
            <FilterSelect
              label="Site"
              all="All sites"
              value={search.site}
              options={(places?.sites ?? []).map(asOption)}
              onChange={(site) => onChange({ site })}
            />
          )}
          {(ownProducts === undefined || ownProducts.length > 1) && (
            <FilterSelect
              label="Product"
              all={ownProducts === undefined ? "All products" : "First product"}
              value={search.product}
              options={products.map(asOption)}
              onChange={(product) => onChange({ product })}
            />
          )}
        </>
      )}
    </FilterBar>
  );
}
