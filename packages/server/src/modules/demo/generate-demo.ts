import {
  customersColumns,
  customersRow,
  formatRecord,
  projectsColumns,
  requestsColumns,
  requestsRow,
} from "./csv-records.ts";
import { demoCustomers, demoSeed, siteIn, type SiteRole } from "./demo-world.ts";
import { requestsOf, countRequests } from "./requests.ts";
import { countPositions, indexAt, rowsOf, type DemoSize } from "./site-people.ts";

/** How large a demo to make, and what to tell while making it. */
export interface DemoOptions {
  /** Rows of the source site's customers file, 1 to 10,000,000; 5,000 unless given. */
  customers?: number;
  /** Another seed makes other people, apart from jsmith@abc.com and dmurphy@xyz.com. */
  seed?: number;
  /** Called after each block of rows: how many steps of the file are done, and of how many. */
  onProgress?: (done: number, total: number) => void;
}

/** Characters per block; a block is what a consumer holds at a time. */
const blockSize = 65_536;
const mostCustomers = 10_000_000;

/** Counts of a demo of this size: rows of the source's customers, requests per site. */
export function countDemo(options: DemoOptions = {}): {
  customers: number;
  requests: Record<SiteRole, number>;
} {
  const size = sizeOf(options);
  return {
    customers: size.customers,
    requests: {
      source: countRequests("source", size),
      destination: countRequests("destination", size),
      other: countRequests("other", size),
    },
  };
}

/** The customers file of a site, in blocks of text. Memory does not grow with its length. */
export function customersCsv(site: SiteRole, options: DemoOptions = {}): AsyncGenerator<string> {
  const size = sizeOf(options);
  return inBlocks(
    customersColumns,
    writeCustomers(site, size),
    countPositions(site, size),
    options.onProgress,
  );
}

/** The requests file of a site, in blocks of text, about two requests for five customers. */
export function requestsCsv(site: SiteRole, options: DemoOptions = {}): AsyncGenerator<string> {
  const size = sizeOf(options);
  return inBlocks(requestsColumns, writeRequests(site, size), countRequests(site, size), options.onProgress);
}

/** The projects file of a site; the same for every size. */
export function projectsCsv(site: SiteRole, options: DemoOptions = {}): AsyncGenerator<string> {
  const { projects } = siteIn(site);
  const records = projects.map((project) => formatRecord([project.key, project.name, project.access]));
  return inBlocks(projectsColumns, records, projects.length, options.onProgress);
}

/** Checks and fills in the size. Throws a RangeError that says which sizes there are. */
export function sizeOf(options: Pick<DemoOptions, "customers" | "seed">): DemoSize {
  const customers = options.customers ?? demoCustomers;
  if (!Number.isInteger(customers) || customers < 1 || customers > mostCustomers) {
    throw new RangeError(
      `A demo has 1 to ${mostCustomers.toLocaleString("en")} customers, not ${customers}.`,
    );
  }
  return { customers, seed: options.seed ?? demoSeed };
}

/** One text per position: the records of the person there, often none. */
function* writeCustomers(site: SiteRole, size: DemoSize): Generator<string> {
  const positions = countPositions(site, size);
  for (let position = 0; position < positions; position++) {
    const rows = rowsOf(indexAt(position, site, size), site, size);
    yield rows.map((row) => formatRecord(customersRow(row))).join("");
  }
}

function* writeRequests(site: SiteRole, size: DemoSize): Generator<string> {
  for (const request of requestsOf(site, size)) yield formatRecord(requestsRow(request));
}

async function* inBlocks(
  columns: readonly string[],
  steps: Iterable<string>,
  total: number,
  onProgress: DemoOptions["onProgress"],
): AsyncGenerator<string> {
  let block = formatRecord(columns);
  let done = 0;
  for (const text of steps) {
    block += text;
    done++;
    if (block.length < blockSize) continue;
    yield block;
    onProgress?.(done, total);
    block = "";
  }
  if (block !== "") yield block;
  onProgress?.(total, total);
}
