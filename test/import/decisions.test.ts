import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyClaimed } from "../../packages/server/src/modules/import/apply/apply-import.ts";
import {
  claimApply,
  discardImport,
  listImports,
} from "../../packages/server/src/modules/import/import.service.ts";
import { rematchImport } from "../../packages/server/src/modules/import/rematch-import.ts";
import { isRefused, Refused } from "../../packages/server/src/platform/refusal.ts";
import { makeSite } from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { people, preview } from "./previews.ts";
import { applyNow, ask, csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk();
});
afterAll(() => desk.stop());

const claim = (importId: string) => claimApply(desk.fork(), desk.admin, importId);

describe("applying", () => {
  test("twice: the second is told that it was done", async () => {
    const importId = await preview(desk);
    expect(isRefused(await claim(importId))).toBe(false);
    expect(await claim(importId)).toMatchObject({ code: "ALREADY_DONE" });
    await applyClaimed(desk.fork, importId);
    expect(await claim(importId)).toMatchObject({ code: "ALREADY_DONE" });
    expect(
      await ask(
        desk,
        "select count(*)::int from audit_entry where subject_id = $1 and action = 'import.apply'",
        [importId],
      ),
    ).toBe(1);
  });

  test("by ten people at once: one gets it", async () => {
    const importId = await preview(desk);
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(importId)));
    expect(answers.filter((answer) => !isRefused(answer))).toHaveLength(1);
    expect(answers.filter(isRefused).map(({ code }) => code)).toEqual(
      Array.from({ length: 9 }, () => "ALREADY_DONE"),
    );
  });

  test("by four processes at once: done once, and all of them see it done", async () => {
    const importId = await preview(desk, people(500, "four"));
    await claim(importId);
    await Promise.all(Array.from({ length: 4 }, () => applyClaimed(desk.fork, importId)));
    const record = await desk.load(importId);
    expect(record.state).toBe("APPLIED");
    expect(
      await ask(desk, "select count(*)::int from portal_customer where site_id = $1", [record.siteId]),
    ).toBe(500);
    expect(
      await ask(
        desk,
        "select count(*)::int from audit_entry where subject_id = $1 and action = 'import.apply'",
        [importId],
      ),
    ).toBe(1);
  });

  test("two files of the same people for one site at once: both are applied, one after the other", async () => {
    const site = await makeSite(desk.fork(), { organizationId: desk.site.organizationId });
    const uploads = await Promise.all(
      [people(800, "same"), people(800, "same")].map((content) => desk.upload(content, { siteId: site.id })),
    );
    await Promise.all(uploads.map(({ importId }) => applyNow(desk, importId)));
    expect(await ask(desk, "select count(*)::int from portal_customer where site_id = $1", [site.id])).toBe(
      800,
    );
    expect(
      await ask(desk, "select count(*)::int from customer_row where site_id = $1 and current", [site.id]),
    ).toBe(800);
  });

  test("accounts of the same people for two sites at once: no deadlock, one account each", async () => {
    const line = (at: number): string => `both${at}@example.com,Atlassian account`;
    const lines = Array.from({ length: 800 }, (_, at) => line(at));
    const files = [csv("email,account type", ...lines), csv("email,account type", ...lines.toReversed())];
    const ids = await Promise.all(files.map((content) => preview(desk, content)));
    await Promise.all(ids.map((importId) => applyNow(desk, importId)));
    expect(await ask(desk, "select count(*)::int from account where email like 'both%@example.com'")).toBe(
      800,
    );
  });

  test("that fails leaves a preview as it was, with the failure on it, and can be repeated", async () => {
    const importId = await preview(desk, people(3, "fails"));
    await claim(importId);
    await query(
      desk.fork(),
      "alter table portal_customer add constraint test_fault check (email <> 'fails1@example.com')",
    );
    try {
      await expect(applyClaimed(desk.fork, importId)).rejects.toThrow("test_fault");
    } finally {
      await query(desk.fork(), "alter table portal_customer drop constraint test_fault");
    }
    const failed = await desk.load(importId);
    expect(failed).toMatchObject({
      state: "PREVIEW",
      failureCode: "APPLY_FAILED",
      appliedBy: null,
      goodRows: 3,
    });
    expect(
      await ask(desk, "select count(*)::int from portal_customer where site_id = $1", [failed.siteId]),
    ).toBe(0);
    await claim(importId);
    await applyClaimed(desk.fork, importId);
    expect(await desk.load(importId)).toMatchObject({ state: "APPLIED", failureCode: null, failure: null });
  });

  test("a file without rows is refused", async () => {
    const importId = await preview(desk, csv("email,account type"));
    expect(await claim(importId)).toMatchObject({ code: "INVALID_STATE" });
  });

  test("somebody of another organization finds nothing, a member is told who may", async () => {
    const importId = await preview(desk);
    const { foreignSite, site } = desk;
    const grant = { role: "ORGANIZATION_ADMIN" as const, siteId: null, productId: null };
    const stranger = { ...desk.admin, grants: [{ ...grant, organizationId: foreignSite.organizationId }] };
    const act = [
      () => claimApply(desk.fork(), stranger, importId),
      () => discardImport(desk.fork(), stranger, importId),
      () => rematchImport(desk.fork(), stranger, { importId, columns: [] }),
      () => claimApply(desk.fork(), desk.admin, randomUUID()),
      () => rematchImport(desk.fork(), desk.admin, { importId: randomUUID(), columns: [] }),
    ];
    for (const attempt of act) {
      await expect(attempt()).rejects.toThrow("Nothing with this id is visible to you.");
    }
    const otherSite = await makeSite(desk.fork(), { organizationId: site.organizationId });
    const neighbour = {
      ...desk.admin,
      grants: [
        { ...grant, role: "SITE_ADMIN" as const, organizationId: site.organizationId, siteId: otherSite.id },
      ],
    };
    const refused = await claimApply(desk.fork(), neighbour, importId);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ code: "NOT_PERMITTED" });
    expect((await desk.load(importId)).state).toBe("PREVIEW");
  });
});

describe("discarding", () => {
  test("removes the rows of a preview and nothing else", async () => {
    const kept = await preview(desk);
    const importId = await preview(desk);
    expect(await discardImport(desk.fork(), desk.admin, importId)).toMatchObject({ state: "DISCARDED" });
    expect(await desk.rows(importId)).toEqual([]);
    expect(await desk.rows(kept)).toHaveLength(3);
    expect(await discardImport(desk.fork(), desk.admin, importId)).toMatchObject({ code: "ALREADY_DONE" });
    expect(await claim(importId)).toMatchObject({ code: "INVALID_STATE" });
  });

  test("is refused once the file was applied", async () => {
    const importId = await preview(desk);
    await applyNow(desk, importId);
    expect(await discardImport(desk.fork(), desk.admin, importId)).toMatchObject({ code: "INVALID_STATE" });
    expect(await desk.rows(importId)).toHaveLength(3);
  });
});

test("the uploads of sites are listed newest first, each with its own", async () => {
  const [site, other] = await Promise.all(
    [1, 2].map(() => makeSite(desk.fork(), { organizationId: desk.site.organizationId })),
  );
  const siteId = site?.id ?? "";
  const otherId = other?.id ?? "";
  const first = await desk.upload(people(1), { siteId });
  const second = await desk.upload("", { siteId });
  const third = await desk.upload(people(1), { siteId: otherId });
  const listed = await listImports(desk.fork(), [siteId, otherId]);
  expect(listed.get(siteId)?.map(({ id, state }) => [id, state])).toEqual([
    [second.importId, "FAILED"],
    [first.importId, "PREVIEW"],
  ]);
  expect(listed.get(otherId)?.map(({ id }) => id)).toEqual([third.importId]);
});
