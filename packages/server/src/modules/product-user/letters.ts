import type { Letter } from "../../platform/mail/letter.ts";
import { nameBot } from "./product-user.view.ts";
import type { ProductUserRow } from "./sql/product-user-columns.ts";

/** Asks whoever reads the mail of an address whether a bot may go by it. */
export function confirmAddressLetter(
  user: Pick<ProductUserRow, "email" | "loginName" | "name" | "productName">,
  { email, organizationName }: { email: string; organizationName: string },
  asker: { name: string; email: string },
  secret: string,
): Letter {
  const who = asker.name === "" ? asker.email : `${asker.name} (${asker.email})`;
  return {
    subject: `Confirm the address of a bot of ${user.productName}`,
    name: "",
    paragraphs: [
      `${who} of ${organizationName} asks you to confirm that ${email} is the address of the bot ${nameBot(user)} of ${user.productName}.`,
      "Confirm it if the bot is yours or your team's. No account is made and nobody is signed in.",
    ],
    action: { label: "Look at it", path: `/bot-address/${secret}` },
    facts: [
      ["Product", `${user.productName}, ${organizationName}`],
      ["The link works", "for 10 minutes"],
    ],
    reason:
      "You get this mail because somebody entered this address. If you do not know the bot, do nothing: without the link nobody can confirm it.",
  };
}
