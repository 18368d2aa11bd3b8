import { notThere, wrongUsage } from "./exit-codes.ts";
import type { CommandRun } from "./command.ts";

interface Organization {
  id: string;
  name: string;
  sites: { id: string; name: string; urlName: string }[];
  products: { id: string; name: string }[];
}

/** A site as commands name it. */
export type FoundSite = Organization["sites"][number] & { organization: string };

const namesQuery = `query CliPlaces { viewer { organizations { id name
  sites { id name urlName } products { id name } } } }`;

/** The organizations the token works in; with --organization only that one. @throws CliError for an unknown name */
export async function listOrganizations({ server, text }: CommandRun): Promise<Organization[]> {
  const { viewer } = await server.ask<{ viewer: { organizations: Organization[] } }>(namesQuery);
  const wanted = text("organization");
  if (wanted === undefined) {
    return viewer.organizations;
  }
  const found = viewer.organizations.filter(({ id, name }) => id === wanted || isSame(name, wanted));
  if (found.length === 0) {
    throw notThere(`This token works in no organization named ${wanted}.`);
  }
  return found;
}

/** The site of this name or URL name. @throws CliError when there is none, or several */
export async function findSite(run: CommandRun, wanted: string): Promise<FoundSite> {
  const sites = (await listOrganizations(run)).flatMap((organization) =>
    organization.sites.map((site) => ({ ...site, organization: organization.name })),
  );
  const found =
    sites.filter(({ id, urlName }) => id === wanted || urlName === wanted.toLowerCase()).at(0) ??
    onlyOne(
      sites.filter(({ name }) => isSame(name, wanted)),
      `Several sites are named ${wanted}`,
    );
  if (found === undefined) {
    throw notThere(`No site named ${wanted} is visible to this token.`);
  }
  return found;
}

/** The product of this name. @throws CliError when there is none, or several: an id says which */
export async function findProduct(
  run: CommandRun,
  wanted: string,
): Promise<Organization["products"][number]> {
  const products = (await listOrganizations(run)).flatMap((organization) => organization.products);
  const named = products.filter(({ id, name }) => id === wanted || isSame(name, wanted));
  const [found] = named;
  if (found === undefined) {
    throw notThere(`No product named ${wanted} is visible to this token.`);
  }
  if (named.length > 1) {
    throw wrongUsage(
      `Several products are named ${wanted}. Choose by id: ${named.map(({ id }) => id).join(", ")}.`,
    );
  }
  return found;
}

/** The id of the migration of this name, such as MR-12. @throws CliError when there is none, or several */
export async function findMigration(run: CommandRun, name: string): Promise<{ id: string; name: string }> {
  const number = /^(?:mr-)?(\d{1,9})$/i.exec(name)?.[1];
  if (number === undefined) {
    throw wrongUsage(`${name} is no migration's name. They look like MR-12.`);
  }
  const wanted = `MR-${Number(number)}`;
  const found: { id: string; name: string; organization: string }[] = [];
  for (const organization of await listOrganizations(run)) {
    const { migrations } = await run.server.ask<{
      migrations: { edges: { node: { id: string; name: string } }[] };
    }>(
      `query CliFind($id: ID!, $name: String!) {
         migrations(organizationId: $id, first: 100, filter: { search: $name }) { edges { node { id name } } }
       }`,
      { id: organization.id, name: wanted },
    );
    const nodes = migrations.edges.map(({ node }) => ({ ...node, organization: organization.name }));
    found.push(...nodes.filter((node) => node.name === wanted));
  }
  const only = onlyOne(found, `Several organizations have a migration ${wanted}`);
  if (only === undefined) {
    throw notThere(`No migration ${wanted} is visible to this token.`);
  }
  return only;
}

function onlyOne<Thing extends { organization: string }>(
  things: readonly Thing[],
  several: string,
): Thing | undefined {
  if (things.length > 1) {
    const names = [...new Set(things.map(({ organization }) => organization))];
    throw wrongUsage(`${several}: ${names.join(", ")}. Choose with --organization.`);
  }
  return things[0];
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
