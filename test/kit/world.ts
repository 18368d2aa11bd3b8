import { readFileSync } from "node:fs";
import path from "node:path";
import { createSignIn, type Role } from "../../packages/server/src/modules/sign-in/index.ts";
import type { ApiClient } from "./api-client.ts";
import { makeAccount, makeOrganization, makeSite, type MadeSite } from "./factories.ts";
import { insertRow } from "./query.ts";
import { testPassword, type TestServer } from "./server.ts";

/** An organization with two empty sites and people who can sign in. */
export interface World {
  organizationId: string;
  source: MadeSite;
  destination: MadeSite;
  /** Organization admin. */
  admin: ApiClient;
}

export async function makeWorld(server: TestServer, name = "Acme"): Promise<World> {
  const em = server.database.orm.em.fork();
  const slug = name.toLowerCase();
  const organization = await makeOrganization(em, { name });
  const source = await makeSite(em, {
    organizationId: organization.id,
    name: `${name} Support`,
    urlName: `${slug}-support`,
  });
  const destination = await makeSite(em, {
    organizationId: organization.id,
    name: `${name} Help`,
    urlName: `${slug}-help`,
  });
  const email = `admin@${slug}.example`;
  await makePerson(server, email, [{ role: "ORGANIZATION_ADMIN", organizationId: organization.id }]);
  const admin = await server.signIn(email);
  return { organizationId: organization.id, source, destination, admin };
}

/** An account that can sign in, with these roles. */
export async function makePerson(
  server: TestServer,
  email: string,
  grants: { role: Role; organizationId: string; siteId?: string; productId?: string }[] = [],
): Promise<string> {
  const em = server.database.orm.em.fork();
  const account = await makeAccount(em, { email });
  await createSignIn(server.pool, {
    accountId: account.id,
    email,
    name: account.name,
    password: testPassword,
  });
  for (const grant of grants) {
    await insertRow(em, "role_assignment", {
      account_id: account.id,
      role: grant.role,
      organization_id: grant.organizationId,
      site_id: grant.siteId,
      product_id: grant.productId,
    });
  }
  return account.id;
}

/** A file of the tour in docs/samples. */
export function readSample(name: string): string {
  return readFileSync(path.resolve(import.meta.dirname, "../../docs/samples", name), "utf8");
}

/** Uploads a file and applies it, waiting for large ones. */
export async function uploadAndApply(
  client: ApiClient,
  place: string | { productId: string },
  content: string,
  fileKind: string,
): Promise<string> {
  const response = await client.upload(place, content, {
    fileKind,
    fileName: `${fileKind.toLowerCase()}.csv`,
  });
  if (response.status !== 201) {
    throw new Error(`Upload answered ${response.status}: ${await response.text()}`);
  }
  const { importFile } = (await response.json()) as { importFile: { id: string } };
  await client.query(
    `mutation Apply($id: ID!) { applyImport(input: { importId: $id }) { __typename ... on Refused { message } } }`,
    { id: importFile.id },
  );
  await until(async () => {
    const data = await client.query<{ importFile: { state: string } }>(
      `query State($id: ID!) { importFile(id: $id) { state } }`,
      { id: importFile.id },
    );
    return data.importFile.state === "APPLIED";
  });
  return importFile.id;
}

/** The six files of the tour, in the order a person would upload them. */
export async function uploadSamples(world: World): Promise<void> {
  const { admin, source, destination } = world;
  await uploadAndApply(admin, source.id, readSample("projects-source.csv"), "PROJECTS");
  await uploadAndApply(admin, destination.id, readSample("projects-destination.csv"), "PROJECTS");
  await uploadAndApply(admin, source.id, readSample("source-customers.csv"), "CUSTOMERS");
  await uploadAndApply(admin, destination.id, readSample("destination-customers.csv"), "CUSTOMERS");
  await uploadAndApply(admin, source.id, readSample("requests-source.csv"), "REQUESTS");
  await uploadAndApply(admin, destination.id, readSample("requests-destination.csv"), "REQUESTS");
}

/** Waits for a condition, at most 30 seconds. */
export async function until(condition: () => Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`Still not true after ${seconds} seconds`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
