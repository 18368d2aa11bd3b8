// Why one long file: a table, read top to bottom like the one it tests.
import type { PersonKind } from "../../kit/factories.ts";

/** A person at the source. */
export interface SourcePerson {
  type: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT";
  active?: boolean;
  customerRole?: boolean;
  kind?: PersonKind;
}
/** What the destination has for the same email. */
export interface DestinationState {
  portal?: { active?: boolean };
  account?: { active?: boolean; customerRole?: boolean; throughGroup?: boolean };
}
/** How the person ends. */
export interface Expected {
  /** Types in the destination's own tables afterwards. */
  type: "NONE" | "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT" | "BOTH";
  outcome: "SUCCESSFUL" | "REQUIRES_ATTENTION" | "FAILED";
  problem: string | null;
  /** `{group}` stands for the imported group's name. */
  nextStep: string | null;
  inGroup?: boolean;
  /** Which of the person's identities is on the list of the project they were listed in. */
  listed: "portal" | "account" | "nobody";
  /** Whether the account has the Customer role by itself afterwards. */
  customerRole?: boolean;
}
/** One cell: a person at the source, the same email at the destination, and what must come of it. */
export interface Cell {
  name: string;
  source: SourcePerson;
  destination: DestinationState;
  email?: string;
  managed?: boolean;
  expected: Expected;
}

const review = "Review group to assign Customer role: {group}";
const upgrade = "Upgrade portal-only account to Atlassian account";
const noRole = "Account on destination has no Customer role";
const duplicates = "Found duplicate accounts on destination";
const reactivate = "Reactivate the account, then copy again";
const ask = "Ask the organization that manages the account, then copy again";
const portal: SourcePerson = { type: "PORTAL_ONLY" };
const account: SourcePerson = { type: "ATLASSIAN_ACCOUNT", customerRole: true };

const done = (type: Expected["type"], listed: Expected["listed"], customerRole?: boolean): Expected => ({
  type,
  outcome: "SUCCESSFUL",
  problem: null,
  nextStep: null,
  listed,
  customerRole,
});
const waiting: Expected = {
  type: "ATLASSIAN_ACCOUNT",
  outcome: "REQUIRES_ATTENTION",
  problem: noRole,
  nextStep: review,
  inGroup: true,
  listed: "account",
  customerRole: false,
};
const untouched = (type: Expected["type"], problem: string, nextStep: string): Expected => ({
  type,
  outcome: "REQUIRES_ATTENTION",
  problem,
  nextStep,
  listed: "nobody",
});
const inactive = (cause: string): string => `Account on destination is inactive: ${cause}`;
const revoked = "portal access is revoked";
const deactivated = "the Atlassian account is deactivated";
const managed =
  "Account on destination is managed by another organization: Another organization manages the accounts of {domain}";

/** Every cell of the outcome table and of the rulings about it; each is a test of its own. */
export const cells: Cell[] = [
  // The table, row by row.
  { name: "portal-only × nothing", source: portal, destination: {}, expected: done("PORTAL_ONLY", "portal") },
  {
    name: "portal-only × portal-only",
    source: portal,
    destination: { portal: {} },
    expected: done("PORTAL_ONLY", "portal"),
  },
  {
    name: "portal-only × account with the Customer role",
    source: portal,
    destination: { account: { customerRole: true } },
    expected: done("ATLASSIAN_ACCOUNT", "account", true),
  },
  {
    name: "portal-only × account with the role through an approved group",
    source: portal,
    destination: { account: { throughGroup: true } },
    expected: done("ATLASSIAN_ACCOUNT", "account", false),
  },
  {
    name: "portal-only × account without the role",
    source: portal,
    destination: { account: {} },
    expected: waiting,
  },
  {
    name: "portal-only × both",
    source: portal,
    destination: { portal: {}, account: {} },
    expected: { ...untouched("BOTH", duplicates, `${upgrade}, then copy again`), customerRole: false },
  },
  {
    name: "portal-only × both, the account with the role",
    source: portal,
    destination: { portal: {}, account: { customerRole: true } },
    expected: { ...untouched("BOTH", duplicates, `${upgrade}, then copy again`), customerRole: true },
  },
  { name: "account × nothing on that site", source: account, destination: {}, expected: waiting },
  {
    name: "account × account with the role",
    source: account,
    destination: { account: { customerRole: true } },
    expected: done("ATLASSIAN_ACCOUNT", "account", true),
  },
  {
    name: "account × account with the role through an approved group",
    source: account,
    destination: { account: { throughGroup: true } },
    expected: done("ATLASSIAN_ACCOUNT", "account", false),
  },
  {
    name: "account × account without the role",
    source: account,
    destination: { account: {} },
    expected: waiting,
  },
  {
    name: "account × portal-only",
    source: account,
    destination: { portal: {} },
    expected: {
      type: "BOTH",
      outcome: "REQUIRES_ATTENTION",
      problem: duplicates,
      nextStep: upgrade,
      listed: "account",
      customerRole: false,
    },
  },
  {
    name: "account × both",
    source: account,
    destination: { portal: {}, account: {} },
    expected: untouched("BOTH", duplicates, `${upgrade}, then copy again`),
  },
  // Deactivated and revoked, for both source types.
  ...[portal, account].flatMap((source): Cell[] => [
    {
      name: `${source.type} × deactivated account`,
      source,
      destination: { account: { active: false, customerRole: true } },
      expected: untouched("ATLASSIAN_ACCOUNT", inactive(deactivated), reactivate),
    },
    {
      name: `${source.type} × revoked portal access`,
      source,
      destination: { portal: { active: false } },
      expected: untouched("PORTAL_ONLY", inactive(revoked), reactivate),
    },
    {
      name: `${source.type} × revoked portal access beside a live account`,
      source,
      destination: { portal: { active: false }, account: { customerRole: true } },
      expected: untouched("BOTH", inactive(revoked), reactivate),
    },
    {
      name: `${source.type} × deactivated account beside live portal access`,
      source,
      destination: { portal: {}, account: { active: false } },
      expected: untouched("BOTH", inactive(deactivated), reactivate),
    },
    {
      name: `${source.type} × both inactive`,
      source,
      destination: { portal: { active: false }, account: { active: false } },
      expected: untouched("BOTH", inactive(`${deactivated} and ${revoked}`), reactivate),
    },
    {
      name: `${source.type} × account managed by another organization`,
      source,
      managed: true,
      destination: { account: { customerRole: true } },
      expected: untouched("ATLASSIAN_ACCOUNT", managed, ask),
    },
    {
      name: `${source.type} × managed and deactivated: managed comes first`,
      source,
      managed: true,
      destination: { account: { active: false } },
      expected: untouched("ATLASSIAN_ACCOUNT", managed, ask),
    },
    {
      name: `${source.type} × managed and both`,
      source,
      managed: true,
      destination: { account: {}, portal: {} },
      expected: untouched("BOTH", managed, ask),
    },
    {
      name: `${source.type}, inactive at the source × nothing`,
      source: { ...source, active: false },
      destination: {},
      expected: untouched("NONE", "Account on source is inactive", reactivate),
    },
    {
      name: `${source.type}, inactive at the source × account with the role`,
      source: { ...source, active: false },
      destination: { account: { customerRole: true } },
      expected: untouched("ATLASSIAN_ACCOUNT", "Account on source is inactive", reactivate),
    },
  ]),
  // Managed elsewhere matters only where the destination has the account.
  {
    name: "portal-only of a domain another organization manages × nothing",
    source: portal,
    managed: true,
    destination: {},
    expected: done("PORTAL_ONLY", "portal"),
  },
  {
    name: "account managed by another organization × nothing on that site",
    source: account,
    managed: true,
    destination: {},
    expected: waiting,
  },
  {
    name: "portal-only of a domain another organization manages × portal-only",
    source: portal,
    managed: true,
    destination: { portal: {} },
    expected: done("PORTAL_ONLY", "portal"),
  },
  // The role at the source does not matter.
  {
    name: "account without the role at the source × nothing on that site",
    source: { type: "ATLASSIAN_ACCOUNT", customerRole: false },
    destination: {},
    expected: waiting,
  },
  {
    name: "account without the role at the source × account with the role",
    source: { type: "ATLASSIAN_ACCOUNT", customerRole: false },
    destination: { account: { customerRole: true } },
    expected: done("ATLASSIAN_ACCOUNT", "account", true),
  },
  // Lists and bots.
  {
    name: "distribution list by its kind × nothing",
    source: { ...portal, kind: "DISTRIBUTION_LIST" },
    destination: {},
    expected: failed("Address is a distribution list: The kind of this row says so"),
  },
  {
    name: "bot by its kind × nothing",
    source: { ...account, kind: "BOT" },
    destination: {},
    expected: failed("Address belongs to a bot: The kind of this row says so"),
  },
  {
    name: "distribution list by its word × portal-only",
    source: portal,
    email: "team@lists.example",
    destination: { portal: {} },
    expected: {
      ...failed(
        "Address is a distribution list: “team” is one of the organization's words for distribution lists",
      ),
      type: "PORTAL_ONLY",
    },
  },
  {
    name: "bot by its word × nothing",
    source: portal,
    email: "noreply@lists.example",
    destination: {},
    expected: failed("Address belongs to a bot: “noreply” is one of the organization's words for bots"),
  },
  {
    name: "a word inside a longer local part is a person",
    source: portal,
    email: "team.lead@lists.example",
    destination: {},
    expected: done("PORTAL_ONLY", "portal"),
  },
  {
    name: "kind person overrides the word",
    source: { ...portal, kind: "PERSON" },
    email: "team@people.example",
    destination: {},
    expected: done("PORTAL_ONLY", "portal"),
  },
  {
    name: "kind list wins over inactive",
    source: { ...portal, active: false, kind: "DISTRIBUTION_LIST" },
    destination: {},
    expected: failed("Address is a distribution list: The kind of this row says so"),
  },
];

function failed(problem: string): Expected {
  return {
    type: "NONE",
    outcome: "FAILED",
    problem,
    nextStep: "Change the address to one person's own, then copy again",
    listed: "nobody",
  };
}
