import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csv } from "../import/upload-desk.ts";
import { giveUsers, openProductWorld, readProduct, readUsers, type ProductWorld } from "./product-world.ts";
import { header, userFiles } from "./user-files.ts";

let at: ProductWorld;
beforeAll(async () => {
  at = await openProductWorld();
});
afterAll(() => at?.stop());

const { upload, preview } = userFiles(() => at);

beforeAll(async () => {
  await giveUsers(
    at.world.admin,
    at.status,
    csv(
      header,
      "ann@acme.example,Ann,,,,,,,,,",
      "bo@acme.example,Bo,,inactive,,,,,,,",
      "api@acme.example,First,,,,,bot,,first,token,",
      "api@acme.example,Second,,,,,bot,,second,token,",
      "team@acme.example,Team,,,,,,,,,",
    ),
  );
});

describe("who may upload and see", () => {
  const file = csv("email", "x@acme.example");

  it("is organization admins, the owner and product admins", async () => {
    for (const client of [at.world.admin, at.owner, at.productAdmin]) {
      expect((await upload(file, client)).status).toBe(201);
      const product = await readProduct(client, at.status);
      expect(product?.viewerCanManageUsers).toBe(true);
      expect(product?.users?.totalCount).toBeGreaterThan(0);
      expect(product?.imports.length).toBeGreaterThan(0);
    }
  });

  it("is nobody else of the organization, and a refusal says who", async () => {
    const { id } = await upload(file);
    for (const client of [at.siteAdmin, at.member]) {
      const { status, text } = await upload(file, client);
      expect(status).toBe(403);
      expect(text).toContain("It can be granted by: The owner of Status, Organization admins.");
      expect(await readProduct(client, at.status)).toEqual({
        users: null,
        userCounts: null,
        imports: [],
        viewerCanManageUsers: false,
      });
      expect(await preview(id, client)).toBeNull();
      expect((await client.fetch(`/api/imports/${id}/rejected.csv`)).status).toBe(404);
    }
    // An owner of one product is nobody in another one.
    expect((await readProduct(at.owner, at.onCall))?.users).toBeNull();
  });

  it("is nobody of another organization, for whom it is not there, to the byte", async () => {
    const { id } = await upload(file);
    const missing = "01900000-0000-7000-8000-00000000dead";
    const client = at.stranger.admin;
    const ask = async (productId: string): Promise<string> => {
      const response = await client.upload({ productId }, file);
      return `${response.status} ${await response.text()}`;
    };
    expect(await ask(at.status)).toBe(await ask(missing));
    expect(await readProduct(client, at.status)).toBeNull();
    expect(await readProduct(client, missing)).toBeNull();
    expect(await readProduct(client, "no id at all")).toBeNull();
    const own = await client.fetch(`/api/imports/${id}/rejected.csv`);
    const none = await client.fetch(`/api/imports/${missing}/rejected.csv`);
    expect(`${own.status} ${await own.text()}`).toBe(`${none.status} ${await none.text()}`);
  });

  it.each([
    ["a site with product users", { fileKind: "PRODUCT_USERS", site: true }, "PRODUCT_USERS needs productId"],
    ["a product with customers", { fileKind: "CUSTOMERS", site: false }, "must be PRODUCT_USERS or absent"],
  ])("%s is refused with the field at fault", async (_, { fileKind, site }, message) => {
    const place = site ? at.world.source.id : { productId: at.status };
    const response = await at.world.admin.upload(place, file, { fileKind });
    expect(response.status).toBe(400);
    const body = (await response.json()) as { error: { message: string } };
    expect(body.error.message).toContain(`fileKind: ${message}`);
  });
});

describe("the list", () => {
  it("is paged, searched and filtered by the server", async () => {
    const { admin } = at.world;
    const first = await readProduct(admin, at.status, { first: 3 });
    const page = first?.users;
    expect(page?.edges).toHaveLength(3);
    expect(page?.pageInfo.hasNextPage).toBe(true);
    const second = await readProduct(admin, at.status, { first: 100, after: page?.pageInfo.endCursor });
    const emails = [...(page?.edges ?? []), ...(second?.users?.edges ?? [])].map(
      ({ node }) => `${node.email}/${node.loginName}`,
    );
    expect(emails).toEqual([...new Set(emails)].toSorted());
    expect(emails).toHaveLength(page?.totalCount ?? 0);
    expect((await readUsers(admin, at.status, { search: "SECOND" })).map(({ name }) => name)).toEqual([
      "Second",
    ]);
    expect((await readUsers(admin, at.status, { search: "an%" })).length).toBe(0);
    expect(
      (await readUsers(admin, at.status, { kind: "DISTRIBUTION_LIST" })).map(({ email }) => email),
    ).toEqual(["team@acme.example"]);
    expect((await readUsers(admin, at.status, { active: false })).map(({ email }) => email)).toEqual([
      "bo@acme.example",
    ]);
  });
});
