import { expect, test } from "vitest";
import { grantablePlaces } from "./role-places.ts";

const places = (rights: { organization?: boolean; site?: boolean; product?: boolean }) => ({
  __typename: "Organization" as const,
  id: "acme",
  name: "Acme",
  viewerCanAdminister: rights.organization ?? false,
  sites: [
    { __typename: "Site" as const, id: "help", name: "Help", viewerCanAdminister: rights.site ?? false },
    {
      __typename: "Site" as const,
      id: "desk",
      name: "Desk",
      viewerCanAdminister: rights.organization ?? false,
    },
  ],
  products: [
    {
      __typename: "Product" as const,
      id: "status",
      name: "Status",
      viewerCanTransfer: rights.product ?? false,
    },
  ],
});

test("nobody without a right may give anything", () => {
  expect(grantablePlaces(null).roles).toEqual([]);
  expect(grantablePlaces(places({})).roles).toEqual([]);
});

test("a site admin gives the role of their site, an owner that of their product", () => {
  expect(grantablePlaces(places({ site: true }))).toEqual({
    roles: ["SITE_ADMIN"],
    sites: [{ value: "help", label: "Help" }],
    products: [],
  });
  expect(grantablePlaces(places({ product: true })).roles).toEqual(["PRODUCT_ADMIN"]);
});

test("an organization admin gives every role but an owner's, on a site's page that of the site", () => {
  const all = places({ organization: true, site: true, product: true });
  expect(grantablePlaces(all).roles).toEqual(["MEMBER", "SITE_ADMIN", "PRODUCT_ADMIN", "ORGANIZATION_ADMIN"]);
  expect(grantablePlaces(all, "help")).toEqual({
    roles: ["SITE_ADMIN"],
    sites: [{ value: "help", label: "Help" }],
    products: [],
  });
});
