import type { Caller } from "../kit/schema-caller.ts";
import { change, openRolesWorld, type Answer, type RolesWorld } from "./roles-world.ts";

/** An organization with two people who invite, and what they and those invited do. */
export interface InvitationWorld {
  roles: RolesWorld;
  admin: Caller;
  siteAdmin: Caller;
  /** Invites to administer the site, unless the input says otherwise. */
  invite(caller: Caller, email: string, input?: object): Promise<Answer>;
  accept(caller: Caller, token: string): Promise<Answer>;
  newestLink(address: string): Promise<string>;
}

export async function openInvitationWorld(): Promise<InvitationWorld> {
  const roles = await openRolesWorld();
  const { organizationId, site } = roles;
  return {
    roles,
    admin: await roles.person("ann", [{ role: "ORGANIZATION_ADMIN", organizationId }]),
    siteAdmin: await roles.person("sid", [{ role: "SITE_ADMIN", organizationId, siteId: site.id }]),
    invite: (caller, email, input = {}) =>
      change(caller, "inviteToRole", {
        organizationId,
        email,
        role: "SITE_ADMIN",
        siteId: site.id,
        ...input,
      }),
    accept: (caller, token) => change(caller, "acceptInvitation", { token }),
    newestLink: async (address) => (await roles.linksTo(address)).at(-1) ?? "",
  };
}

/** The invitation's id in an answer; empty without one. */
export function idOf(answer: Answer): string {
  return (answer.invitation as { id: string } | undefined)?.id ?? "";
}
