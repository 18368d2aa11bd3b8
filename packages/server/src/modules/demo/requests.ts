import type { CustomerRow } from "./customer-rows.ts";
import { siteIn, type SiteRole } from "./demo-world.ts";
import type { OutcomeCase } from "./outcome-cases.ts";
import { caseOf, personAt } from "./people.ts";
import { writeSummary } from "./request-texts.ts";
import { drawBelow, drawChance, drawOne } from "./seeded-draw.ts";
import { countPositions, indexAt, rowsOf, strangerIndex, type DemoSize } from "./site-people.ts";

/** A row of a requests file, in the order of its columns. */
export interface RequestRow {
  key: string;
  project: string;
  reporterEmail: string;
  reporterAccountType: "" | "portal-only" | "Atlassian account";
  participants: readonly string[];
  summary: string;
  /** ISO 8601, UTC. */
  created: string;
}

interface FixedRequest {
  person: number;
  project: string;
  summary: string;
  type: RequestRow["reporterAccountType"];
}

const jsmith = 0;
const dmurphy = 1;

/** The requests that the tour looks for. */
const fixedRequests: Record<SiteRole, readonly FixedRequest[]> = {
  source: [
    {
      person: jsmith,
      project: "SHIP",
      summary: "Pallets for Gothenburg still in Bremen",
      type: "portal-only",
    },
    {
      person: jsmith,
      project: "BILL",
      summary: "Invoice 482910 lists the wrong cost centre",
      type: "portal-only",
    },
    {
      person: dmurphy,
      project: "CLAIM",
      summary: "Crushed crates, delivery to Cork",
      type: "Atlassian account",
    },
  ],
  destination: [
    { person: dmurphy, project: "SHIP", summary: "Where is shipment NW-731204?", type: "portal-only" },
    { person: dmurphy, project: "CLAIM", summary: "Two crates missing from NW-698117", type: "portal-only" },
    {
      person: jsmith,
      project: "SHIP",
      summary: "New unloading times in Gothenburg",
      type: "Atlassian account",
    },
    { person: dmurphy, project: "SHIP", summary: "Delivery window in Dublin missed", type: "portal-only" },
  ],
  other: [],
};

/** Two requests for five customers of the site. */
const requestsPerCustomer = 0.4;
/** How many of a site's positions hold somebody, about. */
const filled: Record<SiteRole, number> = { source: 1, destination: 0.29, other: 0.078 };

/** Rows that are nobody, or somebody whose address nothing can match. */
const raiseNothing = new Set<OutcomeCase["special"]>([
  "accented address",
  "quoted address",
  "list by word",
  "list by kind",
  "bot by word",
  "bot by kind",
  "invalid",
  "unknown value",
  "second row",
  "second type",
]);

/** Two sites never have the same request under the same number. */
const textSalt: Record<SiteRole, number> = { source: 21, destination: 22, other: 23 };

const firstDay = Date.UTC(2025, 0, 6);
const lastDay = Date.UTC(2026, 8, 25);
const purpose = {
  position: 30,
  project: 31,
  type: 32,
  joined: 33,
  time: 34,
  stranger: 35,
  blank: 36,
} as const;

/** How many requests a site has: about two for five of its customers, and those of the tour. */
export function countRequests(site: SiteRole, size: DemoSize): number {
  const drawn = Math.round(countPositions(site, size) * filled[site] * requestsPerCustomer);
  return Math.max(drawn, fixedRequests[site].length + 3);
}

/** The requests of a site, oldest first, keys counted up in each project. */
export function* requestsOf(site: SiteRole, size: DemoSize): Generator<RequestRow> {
  const total = countRequests(site, size);
  const fixed = placeFixed(site, total);
  const counters = new Map<string, number>();
  for (let number = 0; number < total; number++) {
    const given = fixed.get(number);
    const request = given === undefined ? drawRequest(number, site, size) : fixedRequest(given, size.seed);
    const count = (counters.get(request.project) ?? 0) + 1;
    counters.set(request.project, count);
    const summary = given?.summary ?? writeSummary(request.project, number, size.seed + textSalt[site]);
    yield {
      ...request,
      key: `${request.project}-${count}`,
      summary,
      created: timeOf(number, total, size.seed),
    };
  }
}

type Raised = Omit<RequestRow, "key" | "summary" | "created">;

function drawRequest(number: number, site: SiteRole, size: DemoSize): Raised {
  const { seed } = size;
  const { index, rows } = findReporter(number, site, size);
  const row = drawOne(rows, seed, number, purpose.type);
  const keys = reachableKeys(row, site);
  const isBlank =
    rows.length === 1 && row.accountType === "portal-only" && drawChance(0.1, seed, number, purpose.blank);
  const project = drawOne(keys, seed, number, purpose.project);
  if (size.customers >= 500 && drawChance(0.002, seed, number, purpose.stranger)) {
    // Somebody who left: the request stays and belongs to nobody.
    const { email } = personAt(strangerIndex(number, size), seed);
    return { project, reporterEmail: email, reporterAccountType: "", participants: [] };
  }
  return {
    project,
    reporterEmail: row.email,
    reporterAccountType: isBlank ? "" : (row.accountType as RequestRow["reporterAccountType"]),
    participants: colleaguesOf(index, number, site, size),
  };
}

function fixedRequest(given: FixedRequest, seed: number): Raised {
  return {
    project: given.project,
    reporterEmail: personAt(given.person, seed).email,
    reporterAccountType: given.type,
    participants: [],
  };
}

function placeFixed(site: SiteRole, total: number): Map<number, FixedRequest> {
  const fixed = fixedRequests[site];
  return new Map(
    fixed.map((request, place) => [Math.floor((total * (place + 1)) / (fixed.length + 1)), request]),
  );
}

/** Draws a position and walks on to the next one that holds somebody who could raise a request. */
function findReporter(
  number: number,
  site: SiteRole,
  size: DemoSize,
): { index: number; rows: CustomerRow[] } {
  const positions = countPositions(site, size);
  const start = drawBelow(positions, size.seed, number, purpose.position);
  for (let step = 0; step < positions; step++) {
    const index = indexAt((start + step) % positions, site, size);
    const rows = requestersAt(index, site, size);
    if (rows.length > 0) return { index, rows };
  }
  throw new Error(`The ${site} site has nobody who could raise a request.`);
}

/** The identities at an index that raise requests; the people of the tour have theirs written above. */
function requestersAt(index: number, site: SiteRole, size: DemoSize): CustomerRow[] {
  if (index === jsmith || index === dmurphy) return [];
  if (index < size.customers && raiseNothing.has(caseOf(index, size.seed).special)) return [];
  return rowsOf(index, site, size);
}

function reachableKeys(row: CustomerRow, site: SiteRole): string[] {
  const { projects } = siteIn(site);
  return projects
    .filter((project) => project.access === "open" || row.projects.includes(project.key))
    .map((project) => project.key);
}

/** People of the reporter's company take part in a third of all requests. */
function colleaguesOf(index: number, number: number, site: SiteRole, size: DemoSize): string[] {
  if (!drawChance(0.34, size.seed, number, purpose.joined)) return [];
  const emails = new Set<string>();
  for (const near of [1, 2, 3]) {
    const colleague = index - (index % 4) + ((index + near) % 4);
    const row = requestersAt(colleague, site, size)[0];
    if (row !== undefined && drawChance(0.6, size.seed, number, purpose.joined + 100 + near))
      emails.add(row.email);
  }
  return [...emails];
}

function timeOf(number: number, total: number, seed: number): string {
  const gap = (lastDay - firstDay) / total;
  const at = firstDay + gap * number + gap * (drawBelow(1000, seed, number, purpose.time) / 1000);
  return new Date(Math.floor(at / 1000) * 1000).toISOString().replace(".000Z", "Z");
}
