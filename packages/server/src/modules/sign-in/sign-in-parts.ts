import type { Pool } from "pg";
import type { StatementRunner } from "../../platform/database/statement.ts";
import type { SecretBox } from "../../platform/secrets/secret-box.ts";
import type { RecordSecurityChange } from "./security-change.ts";

/** Brings an address as typed into the stored form; anything but "ok" belongs to nobody here. */
export type CanonicalizeEmail = (
  raw: string,
) => { status: "ok"; email: string } | { status: "unsupported" | "invalid" };

/** Where passkeys of this server belong: fixed by the base URL, never by a request. */
export interface PasskeyPlace {
  /** A domain name; passkeys know no IP addresses. */
  rpId: string;
  origin: string;
}

/** What the endpoints of sign-in work with. */
export interface SignInParts {
  pool: Pool;
  runner: StatementRunner;
  canonicalizeEmail: CanonicalizeEmail;
  secrets: SecretBox;
  record: RecordSecurityChange;
  /** Null where the base URL is an IP address. */
  passkeyPlace: PasskeyPlace | null;
}
