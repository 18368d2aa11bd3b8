export { mountDevelopmentOutbox } from "./development-outbox.route.ts";
export { countHeld, decideHeld, holdRestoredMail, type HeldDecision } from "./held-mail.ts";
export { mailResolvers } from "./mail.resolvers.ts";
export { sayMails } from "./mail-words.ts";
export { measureMail } from "./measure-mail.ts";
export { findOrganizationByNameStatement } from "./sql/find-organization-by-name.ts";
export { listMailStatement } from "./sql/list-mail.ts";
export type { MailRow } from "./sql/mail-columns.ts";
