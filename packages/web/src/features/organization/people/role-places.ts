import type { Role } from "@rehome/schema";
import type { RolePlacesQuery } from "./people.generated.ts";

type Places = NonNullable<RolePlacesQuery["organization"]>;

interface Option {
  value: string;
  label: string;
}

/** The roles the viewer may give, and where. */
export interface GrantablePlaces {
  roles: Role[];
  sites: Option[];
  products: Option[];
}

/** What the viewer may give by the server's viewerCan… answers; an owner's role is transferred instead. */
export function grantablePlaces(places: Places | null, siteId?: string): GrantablePlaces {
  if (places === null) {
    return { roles: [], sites: [], products: [] };
  }
  const asOption = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name });
  const sites = places.sites
    .filter((site) => site.viewerCanAdminister && (siteId === undefined || site.id === siteId))
    .map(asOption);
  if (siteId !== undefined) {
    return { roles: sites.length > 0 ? ["SITE_ADMIN"] : [], sites, products: [] };
  }
  const products = places.products.filter((product) => product.viewerCanTransfer).map(asOption);
  const roles: Role[] = [];
  if (sites.length > 0) {
    roles.push("SITE_ADMIN");
  }
  if (products.length > 0) {
    roles.push("PRODUCT_ADMIN");
  }
  return {
    roles: places.viewerCanAdminister ? ["MEMBER", ...roles, "ORGANIZATION_ADMIN"] : roles,
    sites,
    products,
  };
}
