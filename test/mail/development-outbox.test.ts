import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "../kit/query.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { mountDevelopmentOutbox } from "../../packages/server/src/modules/mail/index.ts";
import { createLiveBus, type LiveBus } from "../../packages/server/src/platform/events/live-bus.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { testServices } from "../kit/services.ts";
import { openOutboxWorld, type OutboxWorld } from "./outbox-world.ts";
import express from "express";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** GET with headers that fetch does not let a test set. */
function ask(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; cache: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body, cache: response.headers["cache-control"] }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("the outbox of a development server", () => {
  let mail: OutboxWorld;
  let server: Server;
  let url: string;
  let bus: LiveBus;

  beforeAll(async () => {
    mail = await openOutboxWorld();
    bus = createLiveBus(mail.world.url, createLogger("silent"));
    const app = express();
    mountDevelopmentOutbox(app, {
      isOffered: true,
      fork: mail.world.fork,
      bus,
      secrets: testServices().secrets,
    });
    server = await new Promise<Server>((resolve) => {
      const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/development`;
    await mail.queue(["ada", "bob"]);
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await bus.close();
    await mail.reset();
    await mail.close();
  });

  it("shows both parts of every mail to this machine, newest first", async () => {
    expect(JSON.parse((await ask(url)).body)).toEqual({ outbox: true });
    const list = await ask(`${url}/outbox`);
    expect(list.cache).toBe("no-store");
    const { mails } = JSON.parse(list.body) as { mails: { id: string; to: string; subject: string }[] };
    expect(mails.map(({ to }) => to)).toEqual(["bob@acme.example", "ada@acme.example"]);
    const older = await ask(`${url}/outbox?after=${mails[0]?.id}`);
    expect((JSON.parse(older.body) as { mails: unknown[] }).mails).toHaveLength(1);
    const body = JSON.parse((await ask(`${url}/outbox/${mails[0]?.id}`)).body) as Record<string, string>;
    expect(body.text).toMatch(/^Hello Ada,/);
    expect(body.html).toContain("/recover/");
  });

  it.each([
    ["through a proxy", { "x-forwarded-for": "203.0.113.7" }],
    ["under a foreign name that resolves to this machine", { host: "rebound.evil.example" }],
  ])("shows nothing to who asks %s", async (_how, headers) => {
    expect(JSON.parse((await ask(url, headers)).body)).toEqual({ outbox: false });
    expect((await ask(`${url}/outbox`, headers)).status).toBe(404);
  });

  it("answers what is no mail, and what is not kept, with 404", async () => {
    expect((await ask(`${url}/outbox/not-an-id`)).status).toBe(404);
    expect((await ask(`${url}/outbox/01900000-0000-7000-8000-00000000dead`)).status).toBe(404);
    expect((await ask(`${url}/outbox?after=1`)).status).toBe(400);
  });

  it("tells at once when mail was queued", async () => {
    const response = await fetch(`${url}/outbox/changes`);
    const reader = response.body?.getReader();
    const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value);
    expect(await read()).toContain("data: open");
    await mail.queue(["eve"]);
    expect(await read()).toContain("data: changed");
    await reader?.cancel();
  });
});

describe("a server on a database of its own", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(async () => {
    await server.stop();
  });

  it("shows no outbox", async () => {
    expect(JSON.parse((await ask(`${server.url}/api/development`)).body)).toEqual({ outbox: false });
    for (const path of ["", "/changes", "/01900000-0000-7000-8000-00000000dead"]) {
      expect((await ask(`${server.url}/api/development/outbox${path}`)).status).toBe(404);
    }
  });

  it("holds mail while it has no mail server, and its metrics say so", async () => {
    const em = server.database.orm.em.fork();
    await em.transactional((tx) =>
      testServices().outbox.queue(tx, {
        purpose: "test.greeting",
        about: "held",
        to: "ada@acme.example",
        organizationId: null,
        accountId: null,
        letter: { subject: "Held", name: "", paragraphs: ["Text."], reason: "You asked." },
      }),
    );
    const end = Date.now() + 10_000;
    const read = (): Promise<object[]> =>
      query(em, "select state, held_reason as reason, last_error as error from mail_outbox");
    while (JSON.stringify(await read()).includes("QUEUED") && Date.now() < end) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    expect(await read()).toEqual([
      { state: "HELD", reason: "NO_SERVER", error: "There is no mail server to send it with (SMTP_URL)." },
    ]);
    await new Promise((resolve) => {
      setTimeout(resolve, 1_100);
    });
    const { body } = await ask(`${server.url}/metrics`);
    expect(body).toContain('rehome_mail_waiting{state="held"} 1');
    expect(body).toContain('rehome_mail_waiting{state="queued"} 0');
    expect(body).toContain('rehome_mail_attempts_total{outcome="sent"} 0');
    expect(body).toContain("rehome_mail_oldest_seconds 0");
  });

  it("leaves mail to a process that has a mail server", async () => {
    const em = server.database.orm.em.fork();
    await query(em, "delete from mail_outbox");
    await query(em, "insert into mail_relay (name) values ('mail.acme.example:587')");
    await testServices().outbox.queue(em, {
      purpose: "test.greeting",
      about: "left",
      to: "ada@acme.example",
      organizationId: null,
      accountId: null,
      letter: { subject: "Left", name: "", paragraphs: ["Text."], reason: "You asked." },
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 700);
    });
    expect(await query(em, "select state from mail_outbox")).toEqual([{ state: "QUEUED" }]);
  });
});
