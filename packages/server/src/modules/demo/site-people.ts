import {
  accountElsewhereRow,
  destinationRows,
  ownRows,
  sourceRow,
  type CustomerRow,
} from "./customer-rows.ts";
import type { SiteRole } from "./demo-world.ts";
import { casesInOrder } from "./outcome-cases.ts";
import { caseOf } from "./people.ts";
import { permute } from "./seeded-draw.ts";

/** Size and seed of a demo; both together fix every byte of it. */
export interface DemoSize {
  /** Rows of the source site's customers file. */
  customers: number;
  seed: number;
}

/** Share of a site's own customers, in relation to those of the source. */
const ownShare: Record<SiteRole, number> = { source: 0, destination: 0.06, other: 0.08 };
const leastOwn: Record<SiteRole, number> = { source: 0, destination: 4, other: 6 };
const shuffleSalt: Record<SiteRole, number> = { source: 11, destination: 12, other: 13 };

/**
 * Positions of a site's file. A position holds the rows of one index: one row at the source, none to two
 * elsewhere, because most customers of the source are unknown there.
 */
export function countPositions(site: SiteRole, size: DemoSize): number {
  return size.customers + countOwn(site, size);
}

/** The index of the person at a position: each exactly once, shuffled, another order for each site. */
export function indexAt(position: number, site: SiteRole, size: DemoSize): number {
  const positions = countPositions(site, size);
  // Both people of the tour stand at the top of the source's file, where a reader finds them.
  const place =
    site !== "source"
      ? permute(position, positions, size.seed + shuffleSalt[site])
      : position < 2
        ? position
        : 2 + permute(position - 2, positions - 2, size.seed + shuffleSalt[site]);
  return place < size.customers ? place : firstOwnIndex(site, size) + place - size.customers;
}

/** The rows of a site's customers file at an index; none where the site does not know the person. */
export function rowsOf(index: number, site: SiteRole, size: DemoSize): CustomerRow[] {
  if (index >= size.customers) return isOwn(index, site, size) ? ownRows(index, site, size.seed) : [];
  if (site === "source") return [sourceRow(index, size.seed)];
  if (site === "destination") return destinationRows(index, size.seed);
  return caseOf(index, size.seed).special === "account elsewhere"
    ? [accountElsewhereRow(index, size.seed)]
    : [];
}

/** An index that belongs to nobody on any site. */
export function strangerIndex(number: number, size: DemoSize): number {
  return firstOwnIndex("other", size) + countOwn("other", size) + number;
}

function isOwn(index: number, site: SiteRole, size: DemoSize): boolean {
  const first = firstOwnIndex(site, size);
  return index >= first && index < first + countOwn(site, size);
}

function countOwn(site: SiteRole, size: DemoSize): number {
  return Math.max(leastOwn[site], Math.round(size.customers * ownShare[site]));
}

function firstOwnIndex(site: SiteRole, size: DemoSize): number {
  // Below that lie the fixed cases, also when a demo is too small to have all of them.
  const first = Math.max(size.customers, casesInOrder);
  return site === "other" ? first + countOwn("destination", size) : first;
}
