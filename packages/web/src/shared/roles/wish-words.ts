import type { AccessRequestState, AccessWish } from "@rehome/schema";
import type { Tone } from "../../ui/tone.ts";

/** What somebody asks for, before its place. */
export const wishWords: Record<AccessWish, { label: string; asks: string; meaning: string }> = {
  SITE_ADMIN: {
    label: "Site admin",
    asks: "the site admin role of",
    meaning: "Upload files, review groups and run migrations of the site.",
  },
  SITE_ACCESS: {
    label: "Access to the site",
    asks: "access to",
    meaning: "Be on the site with your account. The Customer role is not part of it.",
  },
  PRODUCT_ADMIN: {
    label: "Product admin",
    asks: "the product admin role of",
    meaning: "Administer the product beside its owner.",
  },
};

/** Where a request stands, as a word and a tone. */
export const requestStateWords: Record<AccessRequestState, { label: string; tone: Tone }> = {
  PENDING: { label: "Waiting", tone: "warn" },
  APPROVED: { label: "Approved", tone: "good" },
  DECLINED: { label: "Declined", tone: "bad" },
  WITHDRAWN: { label: "Withdrawn", tone: "neutral" },
};
