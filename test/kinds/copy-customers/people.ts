import {
  listCustomer,
  makeAccountOnSite,
  makeCustomerRow,
  makePortalCustomer,
  makeRequest,
} from "../../kit/factories.ts";
import type { CopyWorld } from "./copy-world.ts";

/** People of every kind of effect, ten emails in all. */
export async function addEveryEffect(world: CopyWorld): Promise<string[]> {
  const { em, source, destination, sourceProjects, upload } = world;
  const emails: string[] = [];
  for (const [index, there] of ["nothing", "portal", "account", "role", "both"].entries()) {
    for (const type of ["portal", "account"]) {
      const email = world.mail(`${type}-${there}`);
      emails.push(email);
      const identity =
        type === "portal"
          ? { portalCustomerId: (await makePortalCustomer(em, source.id, { email })).id }
          : { accountId: (await makeAccountOnSite(em, source.id, { email })).id };
      await listCustomer(em, index % 2 === 0 ? sourceProjects.SEC.id : sourceProjects.OPEN.id, identity);
      if (there === "portal" || there === "both") {
        await makePortalCustomer(em, destination.id, { email });
      }
      if (there !== "nothing" && there !== "portal") {
        await makeAccountOnSite(em, destination.id, { email, customerRole: there === "role" });
      }
    }
  }
  await makeCustomerRow(em, upload, {
    state: "BAD",
    email: null,
    rawEmail: "bad",
    problem: "A cell is missing",
  });
  return emails;
}

/** A few people of several kinds; gives the account that is on both sites without the Customer role. */
export async function addFewPeople(world: CopyWorld): Promise<string> {
  const { em, source, destination, upload, sourceProjects } = world;
  const { id } = await makePortalCustomer(em, source.id, { email: world.mail("portal") });
  await listCustomer(em, sourceProjects.SEC.id, { portalCustomerId: id });
  const account = await makeAccountOnSite(em, source.id, { email: world.mail("account") });
  await makeAccountOnSite(em, destination.id, { email: world.mail("account") });
  await makeAccountOnSite(em, source.id, { email: world.mail("new") });
  await makeCustomerRow(em, upload, { state: "BAD", email: null, problem: "A cell is missing" });
  return account.id;
}

/** One person of each kind that a run changes: created, linked, waiting for the group, duplicate, unchanged. */
export async function addProofPeople(world: CopyWorld) {
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  const portal = async (local: string, site: string) =>
    (await makePortalCustomer(em, site, { email: world.mail(local) })).id;
  const listed = async (identity: { portalCustomerId: string } | { accountId: string }) =>
    listCustomer(em, sourceProjects.SEC.id, identity);
  await listed({ portalCustomerId: await portal("created", source.id) });
  await listed({ portalCustomerId: await portal("linked", source.id) });
  await portal("linked", destination.id);
  const waiting = await makeAccountOnSite(em, source.id, { email: world.mail("waiting") });
  await listed({ accountId: waiting.id });
  await makeAccountOnSite(em, source.id, { email: world.mail("duplicate") });
  const duplicate = await portal("duplicate", destination.id);
  const request = await makeRequest(em, destinationProjects.OPEN, {
    reporter: { portalCustomerId: duplicate },
  });
  await portal("unchanged", source.id);
  await portal("unchanged", destination.id);
  const unchanged = await makeAccountOnSite(em, destination.id, { email: world.mail("unchanged") });
  await portal("bystander", destination.id);
  return { waiting, unchanged, request };
}
