import { useEffect, useState } from "react";
import { callRecovery } from "./recovery-api.ts";

/** Whom people may ask, as the operator named them; null while unknown and where nobody was named. */
export function useContact(): string | null {
  const [contact, setContact] = useState<string | null>(null);
  useEffect(function lookUpContact() {
    void callRecovery<{ supportContact: string | null }>("/contact").then(({ value }) =>
      setContact(value?.supportContact ?? null),
    );
  }, []);
  return contact;
}

/** Where a click on the contact leads; null for plain words. */
export function contactHref(contact: string): string | null {
  if (/^https?:\/\//.test(contact)) {
    return contact;
  }
  return /^[^\s@]+@[^\s@]+$/.test(contact) ? `mailto:${contact}` : null;
}
