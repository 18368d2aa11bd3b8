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
  const owned = roles.flatMap(({ product, role }) => (role === "PRODUCT_OWNER" && product ? [product] : []));
  const shown = owned.find((product) => product.id === search.product) ?? owned[0];
  const change = (next: Partial<PeopleSearch>) =>
    void navigate({ search: (old) => ({ ...old, after: undefined, page: undefined, ...next }) });
  return (
    <>
      <PageHeader
        title="People and roles"
        crumbs={isReader ? crumbs : undefined}
        description={
          isReader
            ? `Who administers ${name}, its sites and products, and who is invited.`
            : shown && `Who administers ${shown.name}, and who is invited.`
        }
      />
      <PeoplePanels
        organizationId={id}
        ownProducts={isReader ? undefined : owned.map((product) => product.id)}
        search={isReader ? search : { ...search, site: undefined, product: shown?.id }}
        onChange={change}
      />
    </>
  );
}
