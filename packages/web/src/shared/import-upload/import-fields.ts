import type { ImportFileKind, ImportState } from "@rehome/schema";
import type { Tone } from "../../ui/tone.ts";

/** A column the server knows for a kind of file: its name in the API and its documented header. */
export interface KnownField {
  field: string;
  header: string;
  required: boolean;
}

const known = (field: string, header: string, required = false): KnownField => ({ field, header, required });

/** The documented columns of each kind of file. */
export const knownFields: Record<ImportFileKind, KnownField[]> = {
  CUSTOMERS: [
    known("email", "email", true),
    known("accountType", "account type", true),
    known("name", "name"),
    known("customerRole", "customer role"),
    known("projects", "projects"),
    known("organizations", "organizations"),
    known("active", "active"),
    known("kind", "kind"),
    known("accountId", "account id"),
  ],
  REQUESTS: [
    known("key", "key", true),
    known("project", "project", true),
    known("reporterEmail", "reporter email", true),
    known("reporterAccountType", "reporter account type"),
    known("participants", "participants"),
    known("summary", "summary"),
    known("created", "created"),
  ],
  PROJECTS: [known("key", "key", true), known("name", "name"), known("access", "access", true)],
  PRODUCT_USERS: [
    known("email", "email", true),
    known("name", "name"),
    known("role", "role"),
    known("status", "status"),
    known("verified", "verified"),
    known("lastActive", "last active"),
    known("kind", "kind"),
    known("passwordHash", "password hash"),
    known("loginName", "login name"),
    known("authentication", "authentication"),
  ],
};

/** What each kind of file lists. */
export const fileKindWords: Record<ImportFileKind, string> = {
  CUSTOMERS: "Customers",
  REQUESTS: "Requests",
  PROJECTS: "Service projects",
  PRODUCT_USERS: "Product users",
};

/** What a file of a site may list, with its words. */
export const siteFileKindWords = {
  CUSTOMERS: fileKindWords.CUSTOMERS,
  REQUESTS: fileKindWords.REQUESTS,
  PROJECTS: fileKindWords.PROJECTS,
};

/** Where a file goes. */
export type ImportPlace = { siteId: string } | { productId: string };

/** The site or product that a file goes to, by name. */
export function nameImportPlace(file: {
  site?: { name: string } | null;
  product?: { name: string } | null;
}): string {
  return file.site?.name ?? file.product?.name ?? "";
}

/** How a header was matched to a column. */
export function describeMatch(matchedBy: string, field: string | null): string {
  if (field === null) {
    return "Kept in the file, not used";
  }
  return matchedBy === "exact" ? "Same name" : matchedBy === "user" ? "Chosen by you" : "Similar name";
}

/** States of an uploaded file in words. */
export const importStateWords: Record<ImportState, { label: string; tone: Tone }> = {
  RECEIVING: { label: "Reading", tone: "info" },
  PREVIEW: { label: "Waiting for you", tone: "warn" },
  APPLYING: { label: "Applying", tone: "info" },
  APPLIED: { label: "Applied", tone: "good" },
  FAILED: { label: "Failed", tone: "bad" },
  DISCARDED: { label: "Discarded", tone: "neutral" },
};
