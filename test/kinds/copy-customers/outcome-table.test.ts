import { describe, expect, test } from "vitest";
import { outcomeTable } from "../../../packages/server/src/modules/migration/kinds/copy-customers/outcome-table.ts";
import {
  claimDomain,
  listCustomer,
  makeAccountOnSite,
  makeGroup,
  makeOrganization,
  makePortalCustomer,
} from "../../kit/factories.ts";
import { copy, makeCopyWorld, useDatabase, type CopyWorld } from "./copy-world.ts";
import { loadItem, standingOf } from "./inspect.ts";
import { cells, type Cell } from "./outcome-cells.ts";
import { unexplained } from "./proof-entries.ts";

const database = useDatabase();

async function arrange(world: CopyWorld, cell: Cell, email: string): Promise<void> {
  const { em, source, destination, sourceProjects } = world;
  const person = { email, active: cell.source.active, kind: cell.source.kind };
  const identity =
    cell.source.type === "PORTAL_ONLY"
      ? { portalCustomerId: (await makePortalCustomer(em, source.id, person)).id }
      : {
          accountId: (
            await makeAccountOnSite(em, source.id, { ...person, customerRole: cell.source.customerRole })
          ).id,
        };
  await listCustomer(em, sourceProjects.SEC.id, identity);
  await listCustomer(em, sourceProjects.OLD.id, identity);
  if (cell.destination.portal !== undefined) {
    await makePortalCustomer(em, destination.id, { email, ...cell.destination.portal });
  }
  if (cell.destination.account !== undefined) {
    const { throughGroup, ...presence } = cell.destination.account;
    const { id } = await makeAccountOnSite(em, destination.id, { email, ...presence });
    if (throughGroup === true) {
      await makeGroup(em, destination.id, { name: "Customers", memberIds: [id] });
    }
  }
  if (cell.managed === true) {
    const other = await makeOrganization(em);
    await claimDomain(em, other.id, email.slice(email.indexOf("@") + 1));
  }
}

describe("one test per cell of the outcome table", () => {
  test.each(cells)("$name", async (cell) => {
    const world = await makeCopyWorld(database.fork());
    const number = cells.indexOf(cell);
    const domain = cell.managed === true ? `managed${number}.example` : "people.example";
    const email = cell.email ?? `person${number}@${domain}`;
    await arrange(world, cell, email);
    const before = await standingOf(world.em, world.destination.id, email);

    const { scope, summary } = await copy(world);

    const { expected } = cell;
    const groupName = `Imported customers from ${world.source.name} (MR-${scope.number})`;
    const after = await standingOf(world.em, world.destination.id, email);
    expect(after.type).toBe(expected.type);
    expect(after.portalProjects).toEqual(expected.listed === "portal" ? ["SEC"] : []);
    expect(after.accountProjects).toEqual(expected.listed === "account" ? ["SEC"] : []);
    expect(after.groups.includes(groupName)).toBe(expected.inGroup ?? false);
    if (expected.customerRole !== undefined) {
      expect(after.customerRole).toBe(expected.customerRole);
    }
    if (expected.listed === "nobody") {
      expect(after).toEqual(before);
    } else {
      expect(after.portalActive ?? true).toBe(true);
      expect(after.accountActive ?? true).toBe(true);
    }
    const item = await loadItem(world.em, scope.migrationId, email);
    expect(item.type_after).toBe(expected.type);
    expect(item.outcome).toBe(expected.outcome);
    expect(item.outcome).toBe(item.planned_outcome);
    expect(item.problem).toBe(expected.problem?.replace("{domain}", domain) ?? null);
    expect(item.nextStep).toBe(expected.nextStep?.replace("{group}", groupName) ?? null);
    expect(item.destination_type).toBe(before.type);
    expect(summary.groupName).toBe(expected.inGroup === true ? groupName : null);
    expect(await unexplained(world, scope.migrationId)).toEqual([]);
  });
});

test("the table has every case exactly once, and only group rows ask for a review", () => {
  const codes = outcomeTable.map((row) => row.case);
  expect(new Set(codes).size).toBe(codes.length);
  const states = ["NOTHING", "PORTAL_ONLY", "ACCOUNT_WITH_ROLE", "ACCOUNT_WITHOUT_ROLE", "BOTH"];
  const pairs = ["PORTAL_ONLY", "ATLASSIAN_ACCOUNT"].flatMap((type) =>
    states.map((state) => `${type}/${state}`),
  );
  expect(codes.filter((code) => code.includes("/")).toSorted()).toEqual(pairs.toSorted());
  for (const row of outcomeTable) {
    expect(row.joinsGroup).toBe(row.nextStep === "REVIEW_GROUP");
    expect(row.problem === null).toBe(row.outcome === "SUCCESSFUL");
  }
});
