import { contactHref, useContact } from "../../shared/recovery/use-contact.ts";

/** Who decides about the account of somebody without an organization. */
export function OperatorDecides() {
  const contact = useContact();
  const href = contact === null ? null : contactHref(contact);
  return (
    <>
      You belong to no organization, so whoever runs this server decides
      {contact !== null && <>: {href === null ? contact : <a href={href}>{contact}</a>}</>}.
    </>
  );
}
