import fc from "fast-check";
import {
  listCustomer,
  makeAccountOnSite,
  makeCustomerRow,
  makePortalCustomer,
  makeRequest,
  type IdentityRef,
} from "../../kit/factories.ts";
import type { CopyWorld } from "./copy-world.ts";

const presence = fc.record({ active: fc.boolean(), listed: fc.boolean(), requests: fc.boolean() });
const side = fc.record({
  portal: fc.option(presence),
  account: fc.option(fc.record({ active: fc.boolean(), listed: fc.boolean(), role: fc.boolean() })),
});
/** A person with any records on either site. */
export const person = fc.record({
  local: fc.constantFrom("person", "team", "noreply"),
  kind: fc.constantFrom(undefined, undefined, "PERSON" as const, "BOT" as const),
  source: side,
  destination: side,
  duplicateRow: fc.boolean(),
});
export type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never;

/** Puts the person into both sites; gives the address and the rows the plan must have for them. */
export async function arrange(
  world: CopyWorld,
  index: number,
  given: Person,
): Promise<{ email: string; rows: number }> {
  const { em, source, destination, upload } = world;
  const email = world
    .mail(given.local === "person" ? `person${index}` : `${given.local}`)
    .replace("@", `@n${index}.`);
  let rows = 0;
  for (const [site, projects, there] of [
    [source, world.sourceProjects, given.source],
    [destination, world.destinationProjects, given.destination],
  ] as const) {
    const kind = site === source ? given.kind : undefined;
    const identities: { listed: boolean; requests: boolean; identity: IdentityRef }[] = [];
    if (there.portal !== null) {
      const { id } = await makePortalCustomer(em, site.id, { email, active: there.portal.active, kind });
      identities.push({ ...there.portal, identity: { portalCustomerId: id } });
    }
    if (there.account !== null) {
      const { active, role, listed } = there.account;
      const { id } = await makeAccountOnSite(em, site.id, { email, active, customerRole: role, kind });
      identities.push({ listed, requests: listed, identity: { accountId: id } });
    }
    for (const { identity, listed, requests } of identities) {
      if (listed) {
        await listCustomer(em, projects.SEC.id, identity);
      }
      if (requests) {
        await makeRequest(em, projects.OPEN, { reporter: identity });
        await makeRequest(em, projects.SEC, { participants: [identity] });
      }
    }
    rows += site === source ? identities.length : 0;
  }
  if (given.duplicateRow && rows > 0) {
    await makeCustomerRow(em, upload, { email, state: "DUPLICATE", accountType: "PORTAL_ONLY" });
    rows += 1;
  }
  return { email, rows };
}
