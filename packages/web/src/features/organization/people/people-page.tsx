import { getRouteApi } from "@tanstack/react-router";
import { useOrganization, useViewer } from "../../../shared/viewer.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { PeoplePanels } from "./people-panels.tsx";
import type { PeopleSearch } from "./people-search.ts";

const route = getRouteApi("/app/organization/people");
const crumbs = [{ label: "Organization", to: "/organization" }];

/** Who has which role in the organization; owners see the people of their product. */
export function PeoplePage() {
  const { id, name, viewerCanAdminister } = useOrganization();
  const { adminSites, roles } = useViewer();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isReader = viewerCanAdminister || adminSites.some((site) => site.organization.id === id);
  const owned = roles.find(({ role }) => role === "PRODUCT_OWNER")?.product;
  const change = (next: Partial<PeopleSearch>) =>
    void navigate({ search: (old) => ({ ...old, after: undefined, page: undefined, ...next }) });
  return (
    <>
      <PageHeader
        title="People and roles"
        crumbs={isReader ? crumbs : undefined}
        description={
          isReader
            ? `Who administers ${name}, its sites and products, and who is invited to.`
            : owned && `Who administers ${owned.name}, and who is invited to.`
        }
      />
      <PeoplePanels
        organizationId={id}
        search={isReader ? search : { ...search, product: search.product ?? owned?.id }}
        onChange={change}
      />
    </>
  );
}
