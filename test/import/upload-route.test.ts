import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { query } from "../kit/query.ts";
import { ask, csv, openUploadDesk, type UploadDesk, type UploadOptions } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk({ maxUploads: 2, idleTimeout: 2_000 });
});
afterAll(() => desk.stop());

const file = csv("email,account type", "a@example.com,portal-only");

describe("who may upload", () => {
  const cases: [name: string, options: UploadOptions, status: number, code: string][] = [
    ["nobody is signed in", { as: null }, 401, "UNAUTHENTICATED"],
    ["a member without the role", { as: "member@example.com" }, 403, "FORBIDDEN"],
    [
      "a page of another site",
      { headers: { "apollo-require-preflight": "", Origin: "http://evil.test" } },
      403,
      "FORBIDDEN",
    ],
    ["no sign of any page", { headers: { "apollo-require-preflight": "" } }, 403, "FORBIDDEN"],
    ["a kind that does not exist", { fileKind: "PEOPLE" }, 400, "BAD_INPUT"],
    ["columns that are no list", { mapping: { email: "x" } }, 400, "BAD_INPUT"],
  ];

  test.each(cases)("refused: %s", async (_name, options, status, code) => {
    const before = await ask<string>(desk, "select count(*) from import_file");
    const answer = await desk.upload(file, options);
    expect([answer.status, answer.error?.code]).toEqual([status, code]);
    expect(answer.error?.message.length).toBeGreaterThan(10);
    expect(await ask(desk, "select count(*) from import_file")).toBe(before);
  });

  test("a page of our own, told by either header", async () => {
    const withOrigin = { "apollo-require-preflight": "", Origin: "http://rehome.test" };
    expect((await desk.upload(file, { headers: withOrigin })).status).toBe(201);
    const withFetchSite = { "apollo-require-preflight": "", "Sec-Fetch-Site": "same-origin" };
    expect((await rawUpload(desk, `siteId=${desk.site.id}`, withFetchSite)).status).toBe(201);
  });

  test("a site of another organization answers like one that does not exist", async () => {
    const foreign = await desk.upload(file, { siteId: desk.foreignSite.id });
    const missing = await desk.upload(file, { siteId: randomUUID() });
    const noId = await desk.upload(file, { siteId: "x' or 1=1" });
    expect(foreign.status).toBe(404);
    expect([missing.status, missing.text]).toEqual([foreign.status, foreign.text]);
    expect([noId.status, noId.text]).toEqual([foreign.status, foreign.text]);
  });

  test("rejected rows of another organization answer like those of a missing import", async () => {
    const { importId } = await desk.upload(file);
    const get = async (id: string, as: string) => {
      const response = await fetch(`${desk.url}/api/imports/${id}/rejected.csv`, {
        headers: { "x-actor": as },
      });
      return [response.status, await response.text()];
    };
    const missing = await get(randomUUID(), "stranger@example.com");
    expect(missing[0]).toBe(404);
    expect(await get(importId, "stranger@example.com")).toEqual(missing);
    expect(await get(importId, "member@example.com")).toEqual(missing);
    expect((await get(importId, ""))[0]).toBe(401);
    expect((await get(importId, "admin@example.com"))[0]).toBe(200);
  });
});

describe("the form", () => {
  test("fields may be query parameters, and the kind is told by the header", async () => {
    const { status, body } = await rawUpload(desk, `siteId=${desk.site.id}`);
    expect(status).toBe(201);
    expect(await desk.load(body.importFile.id)).toMatchObject({
      fileKind: "CUSTOMERS",
      fileName: "ümlaut.csv",
    });
  });

  test("columns may be chosen with the upload", async () => {
    const { status, importId } = await desk.upload(csv("who,sort", "w@example.com,portal-only"), {
      fileKind: "CUSTOMERS",
      mapping: [
        { header: "who", field: "email" },
        { header: "sort", field: "accountType" },
      ],
    });
    expect(status).toBe(201);
    expect((await desk.rows(importId))[0]).toMatchObject({ state: "GOOD", email: "w@example.com" });
  });

  test("no multipart, no file, and no site are each said", async () => {
    const send = async (init: RequestInit) => {
      const headers = { "apollo-require-preflight": "1", "x-actor": "admin@example.com", ...init.headers };
      const response = await fetch(`${desk.url}/api/imports`, { method: "POST", ...init, headers });
      return [response.status, ((await response.json()) as { error: { message: string } }).error.message];
    };
    expect(await send({ body: file, headers: { "Content-Type": "text/csv" } })).toEqual([
      400,
      expect.stringContaining("multipart/form-data"),
    ]);
    const empty = new FormData();
    empty.set("siteId", desk.site.id);
    expect(await send({ body: empty })).toEqual([400, expect.stringContaining("holds no file")]);
    const withoutSite = new FormData();
    withoutSite.set("file", new Blob([file]), "f.csv");
    expect(await send({ body: withoutSite })).toEqual([400, expect.stringContaining("siteId: is missing")]);
  });
});

describe("an upload that is cut off", () => {
  test("leaves a failed import that says so, and no row", async () => {
    const upload = startUpload(desk);
    upload.write(`email,account type\r\n${"a@example.com,portal-only\r\n".repeat(20_000)}`);
    const id = await waitForImport(desk, "RECEIVING");
    upload.cut();
    await waitForState(desk, id, "FAILED");
    expect(await desk.load(id)).toMatchObject({
      failureCode: "UPLOAD_CUT_OFF",
      failure:
        "The upload was cut off before the file was complete. Nothing was changed; upload the file again.",
      totalRows: 0,
    });
    expect(await desk.rows(id)).toEqual([]);
    expect((await desk.upload(file)).status).toBe(201);
  });

  test("counts as cut off when nothing comes any more", async () => {
    const upload = startUpload(desk);
    upload.write("email,account type\r\n");
    const id = await waitForImport(desk, "RECEIVING");
    await waitForState(desk, id, "FAILED");
    expect((await desk.load(id)).failureCode).toBe("UPLOAD_CUT_OFF");
    upload.cut();
  });
});

test("progress is seen while the file is on its way, and too many files at a time are asked to wait", async () => {
  const first = startUpload(desk);
  const second = startUpload(desk);
  first.write("email,account type\r\n");
  second.write("email,account type\r\n");
  const id = await waitForImport(desk, "RECEIVING", 2);
  const third = await desk.upload(file);
  expect([third.status, third.error?.code]).toEqual([429, "RATE_LIMITED"]);
  const uploads = [first, second];
  uploads.forEach((upload) => upload.write("a@example.com,portal-only\r\n".repeat(16_000)));
  await new Promise((resolve) => {
    setTimeout(resolve, 600);
  });
  uploads.forEach((upload) => upload.write("a@example.com,portal-only\r\n".repeat(16_000)));
  const seen = await waitFor(async () => {
    const record = await desk.load(id);
    return record.totalRows > 0 ? record : null;
  });
  expect(seen.state).toBe("RECEIVING");
  expect(seen.bytes).toBeGreaterThan(27_000);
  expect(await ask(desk, "select count(*)::int from customer_row where import_id = $1", [id])).toBe(0);
  uploads.forEach((upload) => upload.end());
  await waitForState(desk, id, "PREVIEW");
  expect(await desk.load(id)).toMatchObject({ totalRows: 32_000, goodRows: 1, duplicateRows: 31_999 });
});

/** A multipart request whose file is written bit by bit. */
function startUpload(at: UploadDesk): { write(text: string): void; end(): void; cut(): void } {
  const request = httpRequest(`${at.url}/api/imports?siteId=${at.site.id}`, {
    method: "POST",
    headers: {
      "Content-Type": "multipart/form-data; boundary=cutcutcut",
      "apollo-require-preflight": "1",
      "x-actor": "admin@example.com",
    },
  });
  request.on("error", () => undefined);
  request.on("response", (response) => response.resume());
  request.write('--cutcutcut\r\nContent-Disposition: form-data; name="file"; filename="slow.csv"\r\n\r\n');
  return {
    write: (text) => void request.write(text),
    end: () => void request.end("\r\n--cutcutcut--\r\n"),
    cut: () => void request.destroy(),
  };
}

async function rawUpload(
  at: UploadDesk,
  search: string,
  headers: Record<string, string> = { "apollo-require-preflight": "1" },
): Promise<{ status: number; body: { importFile: { id: string } } }> {
  const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="ümlaut.csv"\r\n\r\n${file}\r\n--b--\r\n`;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${at.url}/api/imports?${search}`,
      {
        method: "POST",
        headers: {
          "Content-Type": "multipart/form-data; boundary=b",
          "x-actor": "admin@example.com",
          ...headers,
        },
      },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

async function waitForImport(at: UploadDesk, state: string, count = 1): Promise<string> {
  return waitFor(async () => {
    const rows = await query<{ id: string }>(
      at.fork(),
      "select id from import_file where state = $1 order by id",
      [state],
    );
    return rows.length >= count ? (rows[0]?.id ?? null) : null;
  });
}

async function waitForState(at: UploadDesk, id: string, state: string): Promise<void> {
  await waitFor(async () => ((await at.load(id)).state === state ? state : null));
}

async function waitFor<T>(look: () => Promise<T | null>): Promise<T> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const found = await look();
    if (found !== null) {
      return found;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  throw new Error("It did not happen in 20 seconds");
}
