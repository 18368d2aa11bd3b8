import type { LoginRow } from "./sql/login-columns.ts";

/** Why nobody connects this login, as a sentence; null when nothing is in the way. Only for who reads the login's mail. */
export function findObstacle({ active, kind }: Pick<LoginRow, "active" | "kind">): string | null {
  if (kind === "BOT") {
    return "It is a bot, and only logins of people are connected to accounts.";
  }
  if (kind === "DISTRIBUTION_LIST") {
    return "Its address is a distribution list, which several people read; it never becomes anybody's account.";
  }
  return active ? null : "It is inactive in the product. An admin of the product can activate it.";
}
