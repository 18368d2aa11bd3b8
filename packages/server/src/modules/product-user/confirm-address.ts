import type { EntityManager } from "../../platform/database/orm.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { consumeProof, findProof, type EmailProof } from "../proof/index.ts";
import { lockProductUser } from "./product-user.access.ts";
import { moveToAddress, refuseTaken, type ProductUserDeps } from "./product-user.service.ts";
import { nameBot, nameLogin } from "./product-user.view.ts";
import { loadProductUsersStatement } from "./sql/load-product-users.ts";
import { namePlaceStatement } from "./sql/name-place.ts";

const purpose = "VERIFY_PRODUCT_USER";

/** What the page of a link shows to whoever reads that mail. */
export interface AddressQuestion {
  /** The address that is confirmed. */
  email: string;
  /** What it is called. */
  bot: string;
  productName: string;
  organizationName: string;
  expiresAt: Date;
}

/** What the link is about; refused when it does not work. Uses nothing up. */
export async function showAddressLink(em: EntityManager, secret: string): Promise<AddressQuestion | Refused> {
  return orRefused(async () => {
    const proof = await openLink(em, secret);
    const [user] = await loadProductUsersStatement.run(em, [[proof.source?.id]]);
    const [place] = await namePlaceStatement.run(em, [proof.organizationId]);
    if (user === undefined || place === undefined) {
      return refuseLink();
    }
    const { email, expiresAt } = proof;
    return { email, expiresAt, bot: nameBot(user), productName: user.productName, ...place };
  });
}

/** Uses the link up: the bot has the address from now on, confirmed. Of two at once one gets it. */
export async function confirmAddress(
  em: EntityManager,
  { secrets }: ProductUserDeps,
  secret: string,
): Promise<{ email: string; productName: string } | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const open = await openLink(tx, secret);
      // The login before the proof, in the order of whoever sends the next link.
      const user = await lockProductUser(tx, open.source?.id ?? "");
      const proof = user === null ? null : await consumeProof(tx, secret, purpose);
      if (user === null || proof === null) {
        return refuseLink();
      }
      const { email } = proof;
      if (email !== user.email) {
        await refuseTaken(tx, user, email);
      }
      await moveToAddress(tx, secrets, user, email, proof.id);
      await appendAuditEntry(tx, {
        organizationId: user.organizationId,
        actorAccountId: null,
        action: "product_user.confirm_email",
        subjectType: "product_user",
        subjectId: user.id,
        summary: `Whoever reads the mail of ${email} confirmed it as the address of the bot ${nameLogin(user)} of ${user.productName}`,
        before: { email: user.email },
        after: { email, proofId: proof.id },
      });
      return { email, productName: user.productName };
    }),
  );
}

async function openLink(em: EntityManager, secret: string): Promise<EmailProof> {
  const proof = await findProof(em, secret, purpose);
  return proof?.source?.type === "PRODUCT_USER" ? proof : refuseLink();
}

/** One answer for every link that does not work, whyever. */
function refuseLink(): never {
  return refuse(
    "INVALID_INPUT",
    "This link does not work: it was used, replaced by a newer mail, or is older than 10 minutes. Ask whoever had it sent for another one.",
    { field: "token" },
  );
}
