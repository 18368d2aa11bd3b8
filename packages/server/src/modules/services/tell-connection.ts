import type { StatementRunner } from "../../platform/database/statement.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { EmailProof } from "../proof/index.ts";
import { describeLogin } from "./describe-login.ts";
import { connectedLetter, disconnectedLetter, movedAwayLetter } from "./letters.ts";
import type { AccountRow } from "./sql/lock-account.ts";
import type { LoginRow } from "./sql/login-columns.ts";
import type { ProductRow } from "./sql/product-columns.ts";

/** A login that comes to an account. */
export interface Connection {
  account: AccountRow;
  product: ProductRow;
  proof: EmailProof;
  target: LoginRow;
  /** The account's login of the product until now. */
  former: LoginRow | undefined;
}

/** The new connection, and the end of the former one, in the log of the product's organization. */
export async function recordConnection(
  tx: StatementRunner,
  { account, former, product, target }: Connection,
  loser: AccountRow | undefined,
): Promise<void> {
  const moved = loser === undefined ? "" : `, which was on the account of ${loser.email}`;
  await appendAuditEntry(tx, {
    organizationId: product.organizationId,
    actorAccountId: account.id,
    action: "service.connect",
    subjectType: "product_user",
    subjectId: target.id,
    summary: `${account.email} connected the login ${describeLogin(target)} of ${product.productName}${moved}`,
    before: { account: loser?.email ?? null },
    after: { account: account.email },
  });
  if (former !== undefined) {
    const words = `uses another login of ${product.productName} than ${describeLogin(former)}, which is on no account any more`;
    await appendAuditEntry(tx, {
      organizationId: product.organizationId,
      actorAccountId: account.id,
      action: "service.disconnect",
      subjectType: "product_user",
      subjectId: former.id,
      summary: `${account.email} ${words}`,
      before: { account: account.email },
      after: { account: null },
    });
  }
}

/** Mails the account, its former login's address, and who had the login until now. */
export async function tellConnection(
  tx: StatementRunner,
  outbox: Outbox,
  { account, former, proof, product, target }: Connection,
  loser: AccountRow | undefined,
): Promise<void> {
  const name = (login: LoginRow) => ({ email: login.email, loginName: login.loginName, ...product });
  const shared = { about: proof.id, organizationId: null };
  await outbox.queue(tx, {
    ...shared,
    purpose: "services.connected",
    to: account.email,
    accountId: account.id,
    letter: connectedLetter(account, name(target), former ?? null),
  });
  if (former !== undefined) {
    await outbox.queue(tx, {
      ...shared,
      purpose: "services.disconnected",
      to: former.email,
      accountId: null,
      letter: disconnectedLetter(account, name(former), true),
    });
  }
  if (loser !== undefined) {
    await outbox.queue(tx, {
      ...shared,
      purpose: "services.moved_away",
      to: loser.email,
      accountId: loser.id,
      letter: movedAwayLetter(loser, name(target)),
    });
  }
}
