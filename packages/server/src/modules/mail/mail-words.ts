import type { MailRow } from "./sql/mail-columns.ts";

const linkEnded = "The link in it has ended: whoever needs it asks for a new one.";

/** What a person can do about the mail; null where nothing is to be done. */
export function sayNextStep(mail: MailRow): string | null {
  switch (mail.state) {
    case "BOUNCED":
      return mail.linkEnded || !mail.hasBody
        ? `Correct the address. ${linkEnded}`
        : "Correct the address where it comes from. Retry if the receiver's mail server was wrong to refuse it.";
    case "FAILED":
      return mail.linkEnded || !mail.hasBody ? linkEnded : "Retry once the mail server takes mail again.";
    case "UNCERTAIN":
      return "Nothing: it is tried once more, and a second copy is dropped by most receivers.";
    case "HELD":
      return mail.heldReason === "NO_SERVER"
        ? "Have SMTP_URL and REHOME_MAIL_FROM set, then release it."
        : sayAfterRestore(mail);
    default:
      return null;
  }
}

function sayAfterRestore(mail: MailRow): string {
  return mail.linkEnded
    ? `Discard it. ${linkEnded}`
    : "Release it, or discard it if the receiver has it already.";
}

/** "1 mail", "3 mails". */
export function sayMails(mails: number): string {
  return mails === 1 ? "1 mail" : `${mails} mails`;
}
