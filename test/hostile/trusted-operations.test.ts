import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashDocument } from "../../packages/server/src/platform/graphql/trusted-operations.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld } from "../kit/world.ts";

const me = "query Me { viewer { ...Who } } fragment Who on Viewer { account { id email } }";
const groups = "subscription Groups($id: ID!) { groupReviews(organizationId: $id) }";
const own = "query Me { viewer { account { name } } }";
const refused = {
  message: expect.stringContaining("only what the web application asks"),
  extensions: { code: "FORBIDDEN" },
};

let folder: string;
let server: TestServer;
let admin: ApiClient;
let member: ApiClient;
let organizationId: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "rehome-operations-"));
  const list = { Me: hashDocument(parse(me)), Groups: hashDocument(parse(groups)) };
  writeFileSync(path.join(folder, "operations.json"), JSON.stringify(list));
  server = await startTestServer({ REHOME_TRUSTED_OPERATIONS: "only", REHOME_WEB_DIR: folder });
  const world = await makeWorld(server);
  ({ admin, organizationId } = world);
  await makePerson(server, "member@acme.example", [{ role: "MEMBER", organizationId }]);
  member = await server.signIn("member@acme.example");
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function fromExplorer(client: ApiClient, query: string): Promise<Response> {
  return client.fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Rehome-Explorer": "1" },
    body: JSON.stringify({ query }),
  });
}

describe("with REHOME_TRUSTED_OPERATIONS=only", () => {
  it.each([
    ["as it was written", me],
    [
      "as clients send it, with __typename and in another order",
      "fragment Who on Viewer {\n  account { id email __typename }\n  __typename\n}\nquery Me { viewer { ...Who __typename } }",
    ],
  ])("a session is answered what the web application asks, %s", async (_how, text) => {
    const { data } = await admin.ask<{ viewer: { account: { email: string } } }>(text);
    expect(data?.viewer.account.email).toBe("admin@acme.example");
  });

  it.each([
    ["another selection under the same name", own],
    ["another field beside it", me.replace("id email", "id email name")],
    [
      "another argument",
      "query Me { viewer { ...Who } } fragment Who on Viewer { account { id email: name } }",
    ],
  ])("a session is refused %s", async (_what, text) => {
    const { data, errors } = await admin.ask(text);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([refused]);
  });

  it("a session follows what the web application follows, and nothing else", async () => {
    const socket = admin.socket();
    const follow = (query: string) => socket.iterate({ query, variables: { id: organizationId } }).next();
    expect((await follow(groups)).value?.data).toEqual({ groupReviews: 0 });
    await expect(follow(groups.replace("Groups", "Mine"))).rejects.toMatchObject([refused]);
    await socket.dispose();
  });

  it("API tokens write their own", async () => {
    // Put there by hand: the session may not ask for one with a document of this test's.
    const secret = `rhm_${"a".repeat(43)}`;
    await server.pool.query(
      `insert into api_token (account_id, name, hint, secret_hash, scope, expires_at)
       select id, 'nightly', 'rhm_aaaa', sha256(convert_to($1, 'UTF8')), 'READ', now() + interval '1 day' from account where email = 'admin@acme.example'`,
      [secret],
    );
    const answer = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: own }),
    });
    expect(await answer.json()).toMatchObject({
      data: { viewer: { account: { name: expect.any(String) } } },
    });
  });

  it("admins write their own in the API explorer, members do not", async () => {
    expect(await (await fromExplorer(admin, own)).json()).toMatchObject({ data: { viewer: {} } });
    expect(await (await fromExplorer(member, own)).json()).toMatchObject({ errors: [refused] });
  });

  it("the start fails without a list, and says what to do", async () => {
    const empty = mkdtempSync(path.join(tmpdir(), "rehome-no-operations-"));
    await expect(
      startTestServer({ REHOME_TRUSTED_OPERATIONS: "only", REHOME_WEB_DIR: empty }),
    ).rejects.toThrow(/REHOME_TRUSTED_OPERATIONS=only needs the list .*pnpm build/s);
    rmSync(empty, { recursive: true });
  });
});
