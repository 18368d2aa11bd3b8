import {
  agreedLetter,
  askedLetter,
  closedLetter,
  declinedLetter,
  reopenedLetter,
} from "../../packages/server/src/modules/closing/letters.ts";
import { confirmAddressLetter } from "../../packages/server/src/modules/product-user/letters.ts";
import { closedAccountLetter } from "../../packages/server/src/modules/recovery/letters.ts";
import {
  connectedLetter,
  disconnectedLetter,
  goneLetter,
  linkLetter,
  movedAwayLetter,
  obstacleLetter,
  whichLoginLetter,
} from "../../packages/server/src/modules/services/letters.ts";
import type { Letter } from "../../packages/server/src/platform/mail/letter.ts";

const account = {
  name: "Maximilian-Alexander von und zu Hohenstein-Wolfenbüttel",
  email: "maximilian-alexander.von-hohenstein-wolfenbuettel@acme-international-holding.example",
};
const holding = "Acme International Holding, Department of Service Management";
const login = {
  email: "operations.on-call@department-of-service-management.acme-international-holding.example",
  loginName: "max.hohenstein",
  productName: "Network status of the northern region",
  organizationName: holding,
};
const words =
  "Your last day is Friday. Thank you for everything, and please hand your laptop to the front desk.";

/**
 * Sample letters, one for each that the product writes, by name of the preview. A module that writes a new letter adds
 * it here with data as long as it gets: every one is held to the rules of letters.test.ts.
 */
export const sampleLetters: Record<string, Letter> = {
  "reset-password": {
    subject: "Reset your password",
    name: "Ada Lovelace",
    paragraphs: [
      "Somebody asked to reset the password of your account. If it was you, choose a new one within 10 minutes.",
      "All your sessions end when you do, on every device.",
    ],
    action: { label: "Choose a new password", path: `/recover/${"aB3-".repeat(10)}xyz` },
    reason:
      "You get this mail because somebody entered your address. If it was not you, do nothing: your password stays.",
  },
  invitation: {
    subject: "Grace Hopper invites you to Acme International Holding, Department of Service Management",
    name: "Maximilian-Alexander von und zu Hohenstein-Wolfenbüttel",
    paragraphs: [
      "Grace Hopper (grace.hopper@department-of-service-management.acme-international-holding.example) invites you to Acme International Holding.",
      "Your portal-only account on Acme Support becomes an Atlassian account, with the requests you have there.",
    ],
    action: {
      label: "Finish your account",
      path: `/finish-account/${"c9_F".repeat(10)}abc?organization=0190d2c4-7a11-7e3e-b5c1-3fd1a7a2c111`,
    },
    facts: [
      ["Organization", "Acme International Holding, Department of Service Management"],
      ["Address", "maximilian-alexander.von-hohenstein-wolfenbuettel@acme-international-holding.example"],
      ["Works until", "3 December 2026, 14:00 UTC"],
    ],
    reason:
      "You get this mail because an admin of the organization entered your address. Nothing happens unless you open the link.",
  },
  "confirm-bot-address": confirmAddressLetter(
    {
      email: "nightly-deployments-of-the-depots@department-of-service-management.acme.example",
      loginName: "nightly-deployments",
      name: "Nightly deployments of the depots in the north and of those on the islands",
      productName: "Network status of Acme International Holding",
    },
    {
      email: "nightly-deployments-of-the-depots@department-of-service-management.acme.example",
      organizationName: "Acme International Holding, Department of Service Management",
    },
    { name: "Grace Hopper", email: "grace.hopper@department-of-service-management.acme.example" },
    `${"c9_F".repeat(10)}abc`,
  ),
  notice: {
    subject: "Your email address was changed",
    name: "",
    paragraphs: [
      "The address of your account is ada@new.example from now on. This mail went to the old one.",
    ],
    facts: [["Changed", "30 November 2026, 09:12 UTC"]],
    reason: "You get this mail because this was your address. If you did not change it, ask at once.",
  },
  "connect-login": linkLetter(account, login, "aB3-".repeat(10) + "xyz"),
  "which-login": whichLoginLetter(account, login, ["", "max.hohenstein", "night.shift", "day.shift"]),
  "login-not-connected": obstacleLetter(
    account,
    login,
    "It is inactive in the product. An admin of the product can activate it.",
  ),
  "login-connected": connectedLetter(account, login, { email: "max@old.example", loginName: "max" }),
  "login-disconnected": disconnectedLetter(account, login, true),
  "login-moved-away": movedAwayLetter(account, login),
  "login-gone": goneLetter(account, { ...login, loginName: "" }),
  "closing-asked": askedLetter(account, holding, "I leave the company at the end of the month.", {
    name: "Grace Hopper",
    email: "grace.hopper@acme.example",
  }),
  "closing-agreed": agreedLetter(account, holding, words),
  "closing-closed": closedLetter(account, words),
  "closing-declined": declinedLetter(account, holding, words),
  "closing-reopened": reopenedLetter(
    account,
    "Grace Hopper (grace.hopper@acme.example)",
    "aB3-".repeat(10) + "xyz",
  ),
  "closed-account": closedAccountLetter(account),
};
