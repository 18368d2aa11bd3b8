import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../packages/server/src/config.ts";
import { isPlainAddress } from "../../packages/server/src/platform/mail/mail-settings.ts";
import { query } from "../kit/query.ts";
import { startMailSink } from "./mail-sink.ts";
import { openOutboxWorld, type OutboxWorld } from "./outbox-world.ts";

const notOneAddress = [
  "a@x.example,b@y.example",
  "a@x.example;b@y.example",
  "a@x.example b@y.example",
  "Ada <a@x.example>",
  "<a@x.example>",
  "a@x.example\r\nBcc: b@y.example",
  "a@x.example\n",
  "a\u0000@x.example",
  '"a b"@x.example',
  "(comment)a@x.example",
  "group: a@x.example;",
  "a@[127.0.0.1]",
  "a@b@x.example",
  "@x.example",
  "a@",
  "a",
  "",
  "ä@x.example",
  `${"a".repeat(250)}@x.example`,
];

describe("receivers", () => {
  let mail: OutboxWorld;

  beforeAll(async () => {
    mail = await openOutboxWorld();
  });
  afterEach(async () => {
    await mail.reset();
  });
  afterAll(async () => {
    await mail.close();
  });

  it.each(notOneAddress)("are one plain address, not %j", async (to) => {
    expect(isPlainAddress(to)).toBe(false);
    await expect(mail.queue(["ada"], { to })).rejects.toThrow("not one canonical address");
    // Nor in the database, whoever writes there.
    const written = query(
      mail.world.fork(),
      `insert into mail_outbox (purpose, about, to_address, subject, body, message_id) values ('t', 't', $1, 's', 'x', '<t@t>')`,
      [to],
    );
    await expect(written).rejects.toThrow(/mail_outbox_address|invalid byte sequence/);
    expect(await mail.fates()).toEqual([]);
  });

  it.each(["a@x.example", "first.last+tag@sub.x-y.example", "o'hara@x.example", "a@xn--bcher-kva.example"])(
    "may be %s",
    async (to) => {
      expect(isPlainAddress(to)).toBe(true);
      await mail.queue(["ada"], { to });
      expect(await mail.fates()).toHaveLength(1);
    },
  );

  it("get no header or second receiver out of a name or subject", async () => {
    const server = await startMailSink();
    mail.dispatch(server.url);
    await mail.queue(["ada"], {
      letter: {
        subject: "Hello\r\nBcc: evil@y.example\r\n\r\nBody",
        name: "Ada\r\nBcc: evil@y.example",
        paragraphs: ["Text\r\n.\r\nMAIL FROM:<evil@y.example>"],
        reason: "You asked.",
      },
    });
    await mail.until(["SENT"]);
    const [taken] = server.taken;
    expect(server.taken).toHaveLength(1);
    expect(taken?.to).toBe("ada@acme.example");
    const headers = taken?.raw.split("\r\n\r\n")[0] ?? "";
    expect(headers).not.toMatch(/^bcc:/im);
    expect(headers).toMatch(/^Subject: Hello Bcc: evil@y\.example Body$/m);
    await mail.reset();
    await server.close();
  });
});

describe("the settings of mail", () => {
  const read = (settings: Record<string, string>) => () => readConfig({ NODE_ENV: "test", ...settings });

  it("are a server and a sender", () => {
    const { mail, developmentOutbox } = read({
      SMTP_URL: "smtp://rehome:p%40ss@mail.acme.example",
      REHOME_MAIL_FROM: "Rehome of Acme <Rehome@Acme.example>",
    })();
    expect(mail).toEqual({
      name: "mail.acme.example:587",
      host: "mail.acme.example",
      port: 587,
      secure: false,
      requireTls: true,
      credentials: { user: "rehome", pass: "p@ss" },
      from: { name: "Rehome of Acme", address: "Rehome@acme.example" },
    });
    expect(developmentOutbox).toBe(false);
  });

  it("want encryption off this machine unless told otherwise", () => {
    const tls = (url: string): unknown =>
      read({ SMTP_URL: url, REHOME_MAIL_FROM: "a@b.example" })().mail?.requireTls;
    expect(tls("smtp://mail.acme.example:25?tls=optional")).toBe(false);
    expect(tls("smtp://127.0.0.1:25")).toBe(false);
    expect(tls("smtps://127.0.0.1")).toBe(true);
  });

  it.each([
    ["no sender", { SMTP_URL: "smtp://h" }, "REHOME_MAIL_FROM: is needed with SMTP_URL"],
    ["another scheme", { SMTP_URL: "http://u:hunter2@h" }, "begins with smtp:// or smtps://"],
    ["no address", { SMTP_URL: "mail.acme.example" }, "SMTP_URL: is not an address"],
    ["a wish nobody knows", { SMTP_URL: "smtp://h?pool=1" }, "?tls=optional and in nothing else"],
    [
      "two senders",
      { SMTP_URL: "smtp://h", REHOME_MAIL_FROM: "a@b.example,c@d.example" },
      "REHOME_MAIL_FROM: is one",
    ],
    [
      "a sender with a line break",
      { SMTP_URL: "smtp://h", REHOME_MAIL_FROM: "A\nBcc: x <a@b.example>" },
      "REHOME_MAIL_FROM",
    ],
  ])("say what is wrong with %s, without the password", (_what, settings, message) => {
    const start = read(settings as Record<string, string>);
    expect(start).toThrow(message);
    expect(start).not.toThrow("hunter2");
  });

  it("show mail on this machine only where nothing says that people use it", () => {
    const shown = (settings: Record<string, string>): boolean => read(settings)().developmentOutbox;
    expect(shown({})).toBe(true);
    expect(shown({ REHOME_BASE_URL: "http://localhost:4000" })).toBe(true);
    expect(shown({ REHOME_BASE_URL: "https://rehome.acme.example" })).toBe(false);
    expect(shown({ DATABASE_URL: "postgres://h/d" })).toBe(false);
    expect(shown({ HOST: "0.0.0.0" })).toBe(false);
    expect(shown({ REHOME_TRUST_PROXY: "1" })).toBe(false);
    expect(shown({ NODE_ENV: "production" })).toBe(false);
    expect(shown({ SMTP_URL: "smtp://h", REHOME_MAIL_FROM: "a@b.example" })).toBe(false);
  });
});
