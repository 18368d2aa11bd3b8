import { approveMigration, planMigration, createMigration } from "./migration-flow.ts";
import type { ApiClient } from "./api-client.ts";
import type { World } from "./world.ts";

/** What pages show besides lists, by id, once a migration of the demo has ended. */
export interface DemoSubjects {
  groupId: string;
  /** A duplicate, and a member of the imported group, both waiting in the queue. */
  duplicateItemId: string;
  groupItemId: string;
  accountId: string;
  portalCustomerId: string;
  /** An uploaded file with good rows, wrong ones and one with a warning, not applied. */
  importId: string;
  /** A product with a flagged bot, and the file of its users, applied. */
  productId: string;
  productImportId: string;
  /** A second migration, planned and not approved. */
  plannedId: string;
  /** A third one, approved once, in an organization that requires a second approver. */
  awaitedId: string;
}

const mixedFile = [
  "email,name,account type,projects,favourite colour",
  "ines.duarte@harbour-foods.example,Inês Duarte,portal-only,SHIP,green",
  "not an address,Nobody,portal-only,SHIP,",
  "li.wei@harbour-foods.example,Li Wei,Atlassian account,NOPE,red",
  "ines.duarte@harbour-foods.example,Inês Duarte,portal-only,SHIP,",
].join("\r\n");

/** Reads the ids of what the ended migration left, uploads a file to look at and plans two more migrations. */
export async function prepareSubjects(world: World, migrationId: string): Promise<DemoSubjects> {
  const { admin } = world;
  const upload = await admin.upload(world.source.id, mixedFile, { fileKind: "CUSTOMERS" });
  const { importFile } = (await upload.json()) as { importFile: { id: string } };
  const plannedId = await createMigration(world);
  await planMigration(admin, plannedId);
  const awaitedId = await approveOnce(world);
  const { migration } = await admin.query<{
    migration: { importedGroup: { id: string }; duplicates: Items; members: Items };
  }>(
    `query Left($id: ID!) { migration(id: $id) {
       importedGroup { id }
       duplicates: items(first: 1, filter: { search: "dmurphy@xyz.com", openAttention: true }) { edges { node { id } } }
       members: items(first: 1, filter: { search: "jsmith@abc.com", openAttention: true }) { edges { node { id } } }
     } }`,
    { id: migrationId },
  );
  return {
    groupId: migration.importedGroup.id,
    duplicateItemId: firstId(migration.duplicates),
    groupItemId: firstId(migration.members),
    accountId: await findProfile(admin, world.organizationId, "jsmith@abc.com", "ATLASSIAN_ACCOUNT"),
    portalCustomerId: await findProfile(admin, world.organizationId, "dmurphy@xyz.com", "PORTAL_ONLY"),
    importId: importFile.id,
    ...(await findProduct(admin, world.organizationId)),
    plannedId,
    awaitedId,
  };
}

async function findProduct(
  admin: ApiClient,
  organizationId: string,
): Promise<{ productId: string; productImportId: string }> {
  const { organization } = await admin.query<{
    organization: { products: { id: string; name: string; imports: { id: string }[] }[] };
  }>("query Products($id: ID!) { organization(id: $id) { products { id name imports { id } } } }", {
    id: organizationId,
  });
  const product = organization.products.find(({ name }) => name === "Network status");
  return { productId: product?.id ?? "", productImportId: product?.imports[0]?.id ?? "" };
}

/** Requires a second approver from now on and approves a new migration first; returns its id. */
async function approveOnce(world: World): Promise<string> {
  const { admin, organizationId, destination } = world;
  await admin.query(
    `mutation Policy($input: SetApprovalPolicyInput!) { setApprovalPolicy(input: $input) { __typename } }`,
    { input: { organizationId, secondApproverRequired: true } },
  );
  const migrationId = await createMigration(world);
  const fingerprint = await planMigration(admin, migrationId);
  await approveMigration(admin, migrationId, fingerprint, destination.name);
  return migrationId;
}

interface Items {
  edges: { node: { id: string } }[];
}

function firstId(items: Items): string {
  const id = items.edges[0]?.node.id;
  if (id === undefined) {
    throw new Error("The migration left nobody of that kind in the queue");
  }
  return id;
}

async function findProfile(
  admin: ApiClient,
  organizationId: string,
  email: string,
  type: string,
): Promise<string> {
  interface Answer {
    directory: { edges: { node: { profileId: string; email: string; type: string } }[] };
  }
  const { directory } = await admin.query<Answer>(
    `query Find($organizationId: ID!, $email: String!) {
       directory(organizationId: $organizationId, filter: { search: $email }) {
         edges { node { profileId email type } }
       }
     }`,
    { organizationId, email },
  );
  const found = directory.edges.find(({ node }) => node.email === email && node.type === type);
  if (found === undefined) {
    throw new Error(`${email} has no ${type} in the demo`);
  }
  return found.node.profileId;
}
