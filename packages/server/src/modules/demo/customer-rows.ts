import { imitatedCompany, internationalCompany, pickSharedWord } from "./companies.ts";
import { siteIn, type SiteRole } from "./demo-world.ts";
import { ordinaryCase, type DestinationShape } from "./outcome-cases.ts";
import {
  accentedAddress,
  brokenAddress,
  caseOf,
  displayName,
  isOneOf,
  personAt,
  type Person,
} from "./people.ts";
import { drawBelow, drawOne } from "./seeded-draw.ts";

/** A row of a customers file, in the order of its columns. Lists are joined by `|` when written. */
export interface CustomerRow {
  email: string;
  name: string;
  accountType: "portal-only" | "Atlassian account" | "agent";
  customerRole: "" | "yes" | "no";
  projects: readonly string[];
  organizations: readonly string[];
  active: "yes" | "no";
  kind: "" | "person" | "distribution list" | "bot";
}

const topic = { role: 1, keyAccount: 2, unknownKey: 3 } as const;
const purpose = { projectCount: 10, project: 11, ownShape: 12 } as const;

/** What people have at the destination whose row stands twice: nothing that would need a second look. */
const simple = new Set<DestinationShape>(["nothing", "portal", "with-role"]);

const listWords = ["support", "billing", "sales", "office", "info", "helpdesk", "marketing", "team"];
const botWords = ["no-reply", "automation", "noreply", "system", "postmaster", "service"];
// A shop owner may read such an address alone, so a file can say that it is a person's.
const ownerWords = ["hello", "contact", "admin", "hr"];
const listNames = ["dispatch-crew", "night-shift", "warehouse-leads", "purchasing-desk"];
const botNames = ["erp-sync", "label-printer", "stock-feed", "edi-gateway"];

/** The one row of the source's file that stands for this index; rows that repeat a person included. */
export function sourceRow(index: number, seed: number): CustomerRow {
  const outcome = caseOf(index, seed);
  if (outcome.special === "second row" || outcome.special === "second type") {
    const first = sourceRow(repeatedIndex(index, seed), seed);
    return outcome.special === "second row"
      ? { ...first, email: retype(first.email, index), projects: [] }
      : { ...first, accountType: "portal-only", customerRole: "" };
  }
  const person = personAt(index, seed);
  const row =
    outcome.source === "account" ? accountRow(person, "source", seed) : portalRow(person, "source", seed);
  return applySpecial(row, person, seed);
}

/** The rows of the destination's file about a person of the source: none, one, or both account types. */
export function destinationRows(index: number, seed: number): CustomerRow[] {
  const outcome = caseOf(index, seed);
  const { special } = outcome;
  if (outcome.destination === "nothing" && special !== "look-alike") return [];
  const person = personAt(index, seed, outcome);
  if (special === "look-alike") {
    // Somebody else: the address that this person's only looks like.
    const email = `${person.email.split("@")[0]}@${imitatedCompany.domain}`;
    return [{ ...accountRow(person, "destination", seed), email, customerRole: "yes" }];
  }
  const rows = rowsOfShape(person, outcome.destination, seed);
  if (special === "second row at destination") {
    return rows.flatMap((row) => [row, { ...row, customerRole: "no" as const }]);
  }
  if (special !== "international") return rows;
  return rows.map((row) => ({
    ...row,
    email: row.email.replace(/@.*/, `@${internationalCompany.asciiDomain}`),
  }));
}

/** The rows of a customer that only the destination or only the other organization's site has. */
export function ownRows(index: number, site: SiteRole, seed: number): CustomerRow[] {
  const person = personAt(index, seed, ordinaryCase);
  const draw = drawBelow(100, seed, index, purpose.ownShape);
  if (draw < 62) return [portalRow(person, site, seed)];
  if (draw < 94) return [{ ...accountRow(person, site, seed), customerRole: "yes" }];
  if (draw < 97) return [{ ...accountRow(person, site, seed), customerRole: "no" }];
  return [{ ...portalRow(person, site, seed), active: "no" }];
}

/** The row at the other organization's site of a source customer who has an account there. */
export function accountElsewhereRow(index: number, seed: number): CustomerRow {
  return { ...accountRow(personAt(index, seed), "other", seed), customerRole: "yes" };
}

/** Who a repeating row repeats: the nearest earlier person of the right type who is nobody special. */
function repeatedIndex(index: number, seed: number): number {
  const wanted = caseOf(index, seed).special === "second type" ? "account" : "portal";
  for (let at = index - 1; at > 1; at--) {
    const outcome = caseOf(at, seed);
    if (outcome.source === wanted && outcome.special === undefined && simple.has(outcome.destination))
      return at;
  }
  throw new Error(`No person before ${index} can be repeated.`);
}

function rowsOfShape(person: Person, shape: DestinationShape, seed: number): CustomerRow[] {
  const portal = portalRow(person, "destination", seed);
  const account = accountRow(person, "destination", seed);
  const rows: Record<DestinationShape, CustomerRow[]> = {
    nothing: [],
    portal: [portal],
    "with-role": [{ ...account, customerRole: "yes" }],
    "without-role": [{ ...account, customerRole: "no" }],
    both: [portal, account],
    "inactive account": [{ ...account, active: "no" }],
    "inactive portal": [{ ...portal, active: "no" }],
    "inactive account + portal": [portal, { ...account, active: "no" }],
    "inactive portal + with-role": [
      { ...account, customerRole: "yes" },
      { ...portal, active: "no" },
    ],
  };
  return rows[shape];
}

function portalRow(person: Person, site: SiteRole, seed: number): CustomerRow {
  return {
    email: person.email,
    name: site === "source" ? displayName(person, seed) : person.name,
    accountType: "portal-only",
    customerRole: "",
    projects: projectsOf(person, site, seed),
    organizations: organizationsOf(person, seed),
    active: "yes",
    kind: "",
  };
}

function accountRow(person: Person, site: SiteRole, seed: number): CustomerRow {
  const hasRole = !isOneOf(0.1, person.index, seed, topic.role);
  return {
    ...portalRow(person, site, seed),
    accountType: "Atlassian account",
    customerRole: hasRole ? "yes" : "no",
  };
}

function applySpecial(row: CustomerRow, person: Person, seed: number): CustomerRow {
  const domain = person.company.domain;
  const { index } = person;
  switch (person.outcome.special) {
    case "inactive":
      return { ...row, active: "no" };
    case "other spelling":
      return { ...row, email: retype(row.email, index) };
    case "accented address":
      return { ...row, ...accentedAddress(person, seed) };
    case "quoted address":
      return { ...row, email: `"${person.email.split("@")[0]?.replace(".", " ")}"@${domain}` };
    case "invalid":
      return { ...row, email: brokenAddress(person) };
    case "unknown value":
      return { ...row, accountType: "agent" };
    case "list by word":
      return shared(row, pickSharedWord(listWords, index, seed), domain, "");
    case "list by kind":
      return shared(row, pickSharedWord(listNames, index, seed), domain, "distribution list");
    case "bot by word":
      return shared(row, pickSharedWord(botWords, index, seed), domain, "");
    case "bot by kind":
      return shared(row, pickSharedWord(botNames, index, seed), domain, "bot");
    case "person by kind":
      return { ...row, email: `${pickSharedWord(ownerWords, index, seed)}@${domain}`, kind: "person" };
    default:
      return row;
  }
}

function shared(row: CustomerRow, local: string, domain: string, kind: CustomerRow["kind"]): CustomerRow {
  const words = local.replace("-", " ");
  return { ...row, email: `${local}@${domain}`, name: words.charAt(0).toUpperCase() + words.slice(1), kind };
}

/** The same address as another system or a business card has it. */
function retype(email: string, index: number): string {
  if (index % 2 === 1) return email.toUpperCase();
  const [local = "", domain = ""] = email.split("@");
  return `${local.replace(/(^|[._])([a-z])/g, (text) => text.toUpperCase())}@${domain}`;
}

function projectsOf(person: Person, site: SiteRole, seed: number): string[] {
  if (person.outcome.special === "jsmith") return site === "source" ? ["SHIP", "BILL"] : [];
  if (person.outcome.special === "dmurphy") return ["SHIP", "CLAIM"];
  const keys = siteIn(site).projects.map((project) => project.key);
  const salt = site === "source" ? 0 : 50;
  const count = drawBelow(4, seed, person.index, purpose.projectCount + salt);
  const chosen = new Set<string>();
  for (let pick = 0; pick < count; pick++) {
    chosen.add(drawOne(keys, seed, person.index, purpose.project + salt + pick));
  }
  const listed = keys.filter((key) => chosen.has(key));
  // A project that was closed long ago: such keys are a warning and grant nothing.
  return site === "source" && isOneOf(0.002, person.index, seed, topic.unknownKey)
    ? [...listed, "DEPOT"]
    : listed;
}

function organizationsOf(person: Person, seed: number): string[] {
  const { name } = person.company;
  if (name === "") return [];
  return isOneOf(0.04, person.index, seed, topic.keyAccount) ? [name, "Key accounts"] : [name];
}
