import { createServiceAccount } from "../api-token/index.ts";
import type { EntityManager } from "../../platform/database/orm.ts";
import { AccessRequestService, InvitationService, type InvitationDeps } from "../roles/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { siteIn } from "./demo-world.ts";
import { hasServiceAccountStatement } from "./sql/has-service-account.ts";
import { findDemoActorStatement, type DemoActorRow } from "./sql/find-demo-actor.ts";

const invited = "leila.haddad@northwind.example";
const inviter = "nadia.okafor@northwind.example";
const asker = "jsmith@abc.com";
const reason =
  "I answer for our customers on Northwind Help and would like to review imported groups there myself.";

/**
 * Gives the demo an invitation that waits for its answer, a request that waits for a decision and a service account, each by
 * the way of any. Those that are there already are refused and stay as they are.
 */
export async function createDemoRoles(fork: () => EntityManager, deps: InvitationDeps): Promise<void> {
  const [admin, member] = await Promise.all([findActor(fork(), inviter), findActor(fork(), asker)]);
  if (admin !== undefined) {
    await new InvitationService(deps).invite(fork(), toActor(admin), {
      organizationId: admin.organizationId,
      email: invited,
      role: "SITE_ADMIN",
      siteId: admin.siteIds[siteIn("source").urlName] ?? null,
    });
    await createDemoServiceAccount(fork, admin);
  }
  if (member !== undefined) {
    await new AccessRequestService(deps.outbox).ask(fork(), toActor(member), {
      wish: "SITE_ADMIN",
      siteId: member.siteIds[siteIn("destination").urlName] ?? null,
      reason,
    });
  }
}

async function createDemoServiceAccount(fork: () => EntityManager, admin: DemoActorRow): Promise<void> {
  const { organizationId, siteIds } = admin;
  const [found] = await hasServiceAccountStatement.run(fork(), [organizationId]);
  if (found?.exists === false) {
    await createServiceAccount(fork(), toActor(admin), {
      organizationId,
      name: "Depot integrations",
      purpose: "Reads requests for the depots' own dashboard",
      siteIds: [siteIds[siteIn("source").urlName] ?? ""],
    });
  }
}

async function findActor(em: EntityManager, email: string): Promise<DemoActorRow | undefined> {
  const [row] = await findDemoActorStatement.run(em, [email]);
  return row;
}

/** As if they were signed in; roles are read again by what they do. */
function toActor({ accountId, email, grants, name }: DemoActorRow): Actor {
  return { accountId, email, name, grants, sessionId: accountId, sessionExpiresAt: new Date() };
}
