import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { loadGrants } from "../roles/index.ts";
import {
  belongsToOrganization,
  isOrganizationAdmin,
  lockPersonOfAccount,
  type Actor,
} from "../sign-in/index.ts";
import { askOrganizations } from "./ask-closing.ts";
import { closeAccount, leaveOrganizations } from "./close-account.ts";
import { describePerson, listConcerned, listHandOver, whoDecides } from "./closing-rules.ts";
import { agreedLetter, declinedLetter } from "./letters.ts";
import type { PartRow } from "./sql/closing-columns.ts";
import { decidePartStatement } from "./sql/decide-part.ts";
import { endClosingStatement } from "./sql/end-closing.ts";
import { findPartStatement } from "./sql/find-part.ts";
import type { ConcernedRow } from "./sql/list-concerned.ts";
import { listPartsOfStatement } from "./sql/list-parts-of.ts";
import { lockAccountStatement } from "./sql/lock-account.ts";
import { lockClosingStatement } from "./sql/lock-closing.ts";
import { lockOrganizationsStatement } from "./sql/lock-organizations.ts";

/** A decision as the API takes it. */
export interface Decision {
  requestId: string;
  /** Null when nothing was said; a refusal needs words. */
  words: string | null;
  approved: boolean;
}

/** What stands still while somebody decides. */
interface Held {
  tx: EntityManager;
  part: PartRow;
  concerned: ConcernedRow[];
}

/**
 * Agrees to a closing for one organization, or declines it. To agree removes the account from the organization; when the last
 * one has agreed, or the one that manages the address, the account is closed in the same transaction. Of two who
 * decide at once one does, and of two admins whom each other's request would leave alone one stays.
 * @returns the request's id
 */
export async function decideClosing(
  em: EntityManager,
  outbox: Outbox,
  actor: Actor,
  decision: Decision,
): Promise<string | Refused> {
  const found = await findPart(em, decision.requestId);
  if (!belongsToOrganization(actor, found.organizationId)) {
    throw notFound();
  }
  return orRefused(() =>
    em.transactional(async (tx) => {
      const held = await holdStill(tx, found);
      await insistOnDecider(held, actor);
      await decide(held, actor, decision);
      await record(held, actor, decision);
      await (decision.approved ? agree(held, outbox, actor, decision) : stop(held, outbox, decision));
      return found.id;
    }),
  );
}

/** Locks roles of every organization concerned, the sign-in, the account and the request, in this order, and reads them anew. */
async function holdStill(tx: EntityManager, { accountId, closingId, id }: PartRow): Promise<Held> {
  const before = (await listConcerned(tx, accountId)).map(({ organizationId }) => organizationId);
  await lockOrganizationsStatement.run(tx, [before]);
  await lockPersonOfAccount(tx, accountId);
  await lockAccountStatement.run(tx, [accountId]);
  await lockClosingStatement.run(tx, [closingId]);
  const concerned = await listConcerned(tx, accountId);
  if (!concerned.every(({ organizationId }) => before.includes(organizationId))) {
    refuse("INVALID_STATE", "Their roles have just changed. Look again, then decide.");
  }
  return { tx, part: await findPart(tx, id), concerned };
}

async function insistOnDecider({ concerned, part, tx }: Held, actor: Actor): Promise<void> {
  const grants = await loadGrants(tx, actor.accountId, part.organizationId);
  if (!belongsToOrganization({ grants }, part.organizationId)) {
    throw notFound();
  }
  const admins = adminsOf(concerned, part.organizationId);
  if (!isOrganizationAdmin({ grants }, part.organizationId)) {
    refuse("NOT_PERMITTED", "Deciding about the closing of an account needs an organization admin.", {
      whoCanGrant: admins.map(describePerson),
    });
  }
  if (actor.accountId === part.accountId) {
    refuse("NOT_PERMITTED", "Nobody decides about their own account. Ask another organization admin.", {
      whoCanGrant: admins.map(describePerson),
    });
  }
}

async function decide(
  { concerned, part, tx }: Held,
  actor: Actor,
  { approved, words }: Decision,
): Promise<void> {
  const able = adminsOf(concerned, part.organizationId).map(({ accountId }) => accountId);
  const [decided] = await decidePartStatement.run(tx, [
    part.id,
    approved ? "APPROVED" : "DECLINED",
    actor.accountId,
    words,
    // Whoever got in by a way that is no password or passkey decides as well.
    [...new Set([...able, actor.accountId])],
  ]);
  if (decided === undefined) {
    const done = part.state === "DROPPED" ? "ended" : part.state.toLowerCase();
    refuse("ALREADY_DONE", `The request was ${done} before.`);
  }
}

async function agree(held: Held, outbox: Outbox, actor: Actor, { words }: Decision): Promise<void> {
  const { concerned, part, tx } = held;
  const { accountId, closingId, organizationId, organizationName } = part;
  const isManager = concerned.some((row) => row.manages && row.organizationId === organizationId);
  await insistOnHandedOver(held, isManager);
  const asked = whoDecides(concerned);
  const decided = new Map(
    (await listPartsOfStatement.run(tx, [closingId])).map((row) => [row.organizationId, row.state]),
  );
  if (isManager || asked.every((row) => decided.get(row.organizationId) === "APPROVED")) {
    await closeAccount(tx, outbox, { part, concerned, deciderId: actor.accountId, words });
    return;
  }
  await leaveOrganizations(tx, accountId, [organizationId], actor.accountId);
  // Who got to do with it since is asked as well.
  await askOrganizations(tx, outbox, { closingId, account: part, reason: part.reason, organizations: asked });
  await outbox.queue(tx, {
    purpose: "closing.agreed",
    about: part.id,
    to: part.email,
    organizationId: null,
    accountId,
    letter: agreedLetter(part, organizationName, words),
  });
}

/** I17: no organization, site or product is left without somebody. Of other organizations no name is told. */
async function insistOnHandedOver({ part, tx }: Held, everywhere: boolean): Promise<void> {
  const { accountId, organizationId } = part;
  const left = await listHandOver(tx, accountId, everywhere ? null : [organizationId]);
  if (left.length === 0) {
    return;
  }
  const here = left.filter((row) => row.organizationId === organizationId);
  const things = here.map(({ placeName, role }) =>
    role === "PRODUCT_OWNER" ? `the ownership of ${placeName}` : `the administration of ${placeName}`,
  );
  if (here.length < left.length) {
    things.push("something in another organization");
  }
  refuse(
    "INVALID_STATE",
    `Before ${describePerson(part)} can go, they have to hand over ${things.join(", ")}: nobody else would have it.`,
  );
}

async function stop({ part, tx }: Held, outbox: Outbox, { words }: Decision): Promise<void> {
  await endClosingStatement.run(tx, [part.closingId, "DECLINED"]);
  await outbox.queue(tx, {
    purpose: "closing.declined",
    about: part.id,
    to: part.email,
    organizationId: null,
    accountId: part.accountId,
    letter: declinedLetter(part, part.organizationName, words ?? ""),
  });
}

async function record({ part, tx }: Held, actor: Actor, { approved, words }: Decision): Promise<void> {
  await appendAuditEntry(tx, {
    organizationId: part.organizationId,
    actorAccountId: actor.accountId,
    action: approved ? "account.approve_closing" : "account.decline_closing",
    subjectType: "account",
    subjectId: part.accountId,
    summary: `${describePerson(actor)} ${approved ? "agreed to close" : "did not agree to close"} the account of ${part.email}`,
    after: { requestId: part.id, reason: words },
  });
}

function adminsOf(concerned: readonly ConcernedRow[], organizationId: string): ConcernedRow["admins"] {
  return concerned.find((row) => row.organizationId === organizationId)?.admins ?? [];
}

async function findPart(em: EntityManager, partId: string): Promise<PartRow> {
  const [part] = await findPartStatement.run(em, [partId]);
  if (part === undefined) {
    throw notFound();
  }
  return part;
}
