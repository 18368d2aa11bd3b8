import { expect, test } from "vitest";
import { describeRole, type NamedRole } from "./describe-role.ts";

test.each<[NamedRole, string]>([
  [{ role: "MEMBER" }, "Member"],
  [{ role: "ORGANIZATION_ADMIN", site: null, product: null }, "Organization admin"],
  [{ role: "SITE_ADMIN", site: { name: "Acme Help" } }, "Site admin of Acme Help"],
  [{ role: "PRODUCT_OWNER", product: { name: "Status" } }, "Owner of Status"],
])("%j reads %s", (role, words) => {
  expect(describeRole(role)).toBe(words);
});
