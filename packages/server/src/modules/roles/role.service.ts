import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor, Role } from "../sign-in/index.ts";
import { describePerson, namePlace, placeName, readPlace, refuseWithGrantors, roleWords } from "./place.ts";
import { holdsAlready, mayGrant, type RolePlace } from "./role-policy.ts";
import { countOtherAdminsStatement } from "./sql/count-other-admins.ts";
import { findColleagueStatement } from "./sql/find-colleague.ts";
import { findRoleStatement, type RoleRow } from "./sql/find-role.ts";
import { grantRoleStatement } from "./sql/grant-role.ts";
import { revokeRoleStatement } from "./sql/revoke-role.ts";
import { withdrawRequestsOfStatement } from "./sql/withdraw-requests-of.ts";
import { loadGrants, withRights } from "./with-rights.ts";

/** A role to give, as the API takes it. */
export interface RoleWish {
  role: Role;
  siteId?: string | null;
  productId?: string | null;
}

/** Whose roles changed, and where. */
export interface ChangedPerson {
  organizationId: string;
  accountId: string;
}

/** Gives a role to somebody who has one in the organization already; others are invited. */
export async function grantRole(
  em: EntityManager,
  actor: Actor,
  input: RoleWish & ChangedPerson,
): Promise<ChangedPerson | Refused> {
  const { accountId, organizationId } = input;
  return withRights(em, actor, organizationId, async (tx, fresh) => {
    const place = readPlace(input.role, input);
    const where = await insistOnGrantor(tx, fresh, place);
    insistOnNoOwnership(place.role);
    const [person] = await findColleagueStatement.run(tx, [accountId, organizationId]);
    if (person === undefined) {
      throw notFound();
    }
    await insistOnGain(tx, accountId, place, person.email);
    await giveRole(tx, accountId, place);
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: actor.accountId,
      action: "role.grant",
      subjectType: "account",
      subjectId: accountId,
      summary: `${describePerson(actor)} made ${person.email} ${roleWords[place.role]} of ${where}`,
      after: place,
    });
    return { organizationId, accountId };
  });
}

/** Puts another role in the place of one: both have to be the actor's to give. */
export async function changeRole(
  em: EntityManager,
  actor: Actor,
  input: RoleWish & { roleId: string },
): Promise<ChangedPerson | Refused> {
  const found = await findRole(em, input.roleId);
  const { organizationId } = found;
  return withRights(em, actor, organizationId, async (tx, fresh) => {
    const held = await findRole(tx, input.roleId);
    const place = readPlace(input.role, { ...input, organizationId });
    insistOnNoOwnership(held.role);
    insistOnNoOwnership(place.role);
    const left = await insistOnGrantor(tx, fresh, held);
    const where = await insistOnGrantor(tx, fresh, place);
    await insistOnAnotherAdmin(tx, held);
    await revokeRoleStatement.run(tx, [held.id]);
    await insistOnGain(tx, held.accountId, place, held.email);
    await giveRole(tx, held.accountId, place);
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: actor.accountId,
      action: "role.change",
      subjectType: "account",
      subjectId: held.accountId,
      summary: `${describePerson(actor)} changed ${held.email} from ${roleWords[held.role]} of ${left} to ${roleWords[place.role]} of ${where}`,
      before: toPlace(held),
      after: place,
    });
    return { organizationId, accountId: held.accountId };
  });
}

/** Takes a role away. Whoever holds it may give it up; else it has to be the actor's to give. */
export async function revokeRole(
  em: EntityManager,
  actor: Actor,
  input: { roleId: string },
): Promise<ChangedPerson | Refused> {
  const { organizationId } = await findRole(em, input.roleId);
  return withRights(em, actor, organizationId, async (tx, fresh) => {
    const held = await findRole(tx, input.roleId);
    const isOwn = held.accountId === actor.accountId;
    const where = isOwn ? placeName(await namePlace(tx, held)) : await insistOnGrantor(tx, fresh, held);
    insistOnNoOwnership(held.role);
    await insistOnAnotherAdmin(tx, held);
    await revokeRoleStatement.run(tx, [held.id]);
    await withdrawRequestsOfStatement.run(tx, [held.accountId, organizationId]);
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: actor.accountId,
      action: "role.revoke",
      subjectType: "account",
      subjectId: held.accountId,
      summary: isOwn
        ? `${describePerson(actor)} gave up being ${roleWords[held.role]} of ${where}`
        : `${describePerson(actor)} removed ${held.email} as ${roleWords[held.role]} of ${where}`,
      before: toPlace(held),
    });
    return { organizationId, accountId: held.accountId };
  });
}

/** Writes the role down. The rights of who asks are checked before. */
export async function giveRole(tx: EntityManager, accountId: string, place: RolePlace): Promise<void> {
  const { organizationId, productId, role, siteId } = place;
  await grantRoleStatement.run(tx, [accountId, role, organizationId, siteId, productId]);
}

/** Ends the transaction unless the role is the actor's to give; answers what the place is called. */
export async function insistOnGrantor(tx: EntityManager, actor: Actor, place: RolePlace): Promise<string> {
  const where = placeName(await namePlace(tx, place));
  if (!mayGrant(actor, place)) {
    const message = `You may not give or take the role ${roleWords[place.role]} of ${where}. Ask somebody who can.`;
    return refuseWithGrantors(tx, place, message);
  }
  return where;
}

async function findRole(em: EntityManager, roleId: string): Promise<RoleRow> {
  const [role] = await findRoleStatement.run(em, [roleId]);
  if (role === undefined) {
    throw notFound();
  }
  return role;
}

async function insistOnGain(
  tx: EntityManager,
  accountId: string,
  place: RolePlace,
  email: string,
): Promise<void> {
  const grants = await loadGrants(tx, accountId, place.organizationId);
  if (holdsAlready({ grants }, place)) {
    refuse("ALREADY_DONE", `${email} has this already, by this role or a higher one.`);
  }
}

/** Ownership passes from one person to another; it is neither given beside nor taken away. */
function insistOnNoOwnership(role: Role): void {
  if (role === "PRODUCT_OWNER") {
    refuse(
      "INVALID_STATE",
      "A product keeps its owner. Transfer the ownership: the new owner accepts it, the former one becomes product admin.",
    );
  }
}

/** Organization admins administer every site as well, so that with one of them no place is without an admin. */
async function insistOnAnotherAdmin(tx: EntityManager, held: RoleRow): Promise<void> {
  if (held.role !== "ORGANIZATION_ADMIN") {
    return;
  }
  const [others] = await countOtherAdminsStatement.run(tx, [held.organizationId, held.accountId]);
  if ((others?.count ?? 0) === 0) {
    refuse(
      "INVALID_STATE",
      `${describePerson(held)} is the last organization admin who can sign in. Make somebody else organization admin first.`,
    );
  }
}

function toPlace({ organizationId, productId, role, siteId }: RoleRow): RolePlace {
  return { role, organizationId, siteId, productId };
}
