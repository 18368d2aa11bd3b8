import type { RemoteCommand } from "./command.ts";
import { exitCodes, wrongUsage } from "./exit-codes.ts";
import { listOrganizations } from "./find-place.ts";
import { formatTable } from "./output.ts";

interface ListedMigration {
  id: string;
  name: string;
  state: string;
  createdAt: string;
  sourceSite: { name: string };
  destinationSite: { name: string };
  progress: { processed: number; total: number; openAttention: number };
}

/** `rehome list`. */
export const listCommand: RemoteCommand = {
  summary: "Lists migrations, newest first.",
  options: {
    state: { type: "string", value: "STATE", help: "only these, such as running or completed,failed" },
    first: { type: "string", value: "N", help: "how many per organization, 1 to 100; 50 without" },
  },
  async run(run) {
    const first = Number(run.text("first") ?? 50);
    if (!Number.isInteger(first) || first < 1 || first > 100) {
      throw wrongUsage("--first is a number from 1 to 100.");
    }
    const states = run
      .text("state")
      ?.split(",")
      .map((state) => state.trim().toUpperCase().replaceAll("-", "_"));
    const rows: (string | number)[][] = [];
    for (const organization of await listOrganizations(run)) {
      const { migrations } = await run.server.ask<{ migrations: { edges: { node: ListedMigration }[] } }>(
        `query CliList($id: ID!, $first: Int!, $states: [MigrationState!]) {
           migrations(organizationId: $id, first: $first, filter: { states: $states }) { edges { node {
             id name state createdAt sourceSite { name } destinationSite { name }
             progress { processed total openAttention } } } } }`,
        { id: organization.id, first, states },
      );
      for (const { node } of migrations.edges) {
        const { sourceSite, destinationSite, progress, ...rest } = node;
        const places = { from: sourceSite.name, to: destinationSite.name };
        if (run.output.json) {
          const record = { type: "migration", organization: organization.name, ...rest, ...places };
          run.output.tell({ ...record, ...progress });
        }
        const { name, state } = node;
        rows.push([name, state, places.from, places.to, progress.processed, progress.openAttention]);
      }
    }
    if (!run.output.json) {
      const header = ["Name", "State", "From", "To", "People", "Open attention"];
      run.output.tell({}, ...(rows.length === 0 ? ["No migrations."] : formatTable([header, ...rows])));
    }
    return exitCodes.done;
  },
};
