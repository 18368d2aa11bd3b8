import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { query } from "../kit/query.ts";
import { startMailSink, type MailSink, type SinkConduct } from "./mail-sink.ts";
import { openOutboxWorld, type OutboxWorld } from "./outbox-world.ts";

describe("sending mail", () => {
  let mail: OutboxWorld;
  const sinks: MailSink[] = [];
  const sink = async (conduct: SinkConduct = {}, port = 0): Promise<MailSink> => {
    const started = await startMailSink(conduct, { port });
    sinks.push(started);
    return started;
  };

  beforeAll(async () => {
    mail = await openOutboxWorld();
  });
  afterEach(async () => {
    await mail.reset();
    await Promise.all(sinks.splice(0).map((server) => server.close()));
  });
  afterAll(async () => {
    await mail.close();
  });

  it("sends what is queued at once, both parts, and keeps nothing of what it said", async () => {
    const server = await sink();
    // A slow poll: only the wake-up of the commit can be so fast.
    mail.dispatch(server.url, { poll: 30 });
    await mail.until([]);
    const started = performance.now();
    await mail.queue(["ada"]);
    expect(await mail.until(["SENT"])).toEqual([
      { about: "ada", state: "SENT", attempts: 1, uncertain: 0, error: null },
    ]);
    expect(performance.now() - started).toBeLessThan(2_000);
    const [taken] = server.taken;
    expect(taken?.to).toBe("ada@acme.example");
    expect(taken?.raw).toContain("From: Rehome <rehome@acme.example>");
    expect(taken?.raw).toContain("To: ada@acme.example");
    expect(taken?.raw).toContain("Auto-Submitted: auto-generated");
    expect(taken?.raw).toMatch(/Content-Type: text\/plain[\s\S]*Content-Type: text\/html/);
    expect(await query(mail.world.em, "select 1 from mail_outbox where body is not null")).toEqual([]);
  });

  it("loses none of 200 and sends none twice, with two dispatchers at once", async () => {
    const server = await sink();
    mail.dispatch(server.url);
    mail.dispatch(server.url);
    const names = Array.from({ length: 200 }, (_, index) => `person${index}`);
    await mail.queue(names);
    await mail.until(["SENT"]);
    expect(server.handed.map(({ to }) => to).toSorted()).toEqual(
      names.map((name) => `${name}@acme.example`).toSorted(),
    );
    expect(new Set(server.handed.map(({ messageId }) => messageId)).size).toBe(200);
    // Connections are kept open between mails.
    expect(server.connections).toBeLessThanOrEqual(10);
  });

  it("waits for a server that is down, at no mail's cost, and sends all when it is back", async () => {
    const gone = await sink();
    await gone.close();
    mail.dispatch(gone.url);
    const names = Array.from({ length: 30 }, (_, index) => `person${index}`);
    await mail.queue(names);
    await new Promise((resolve) => {
      setTimeout(resolve, 1_500);
    });
    const waiting = await mail.fates();
    expect(waiting.every(({ state }) => state === "QUEUED")).toBe(true);
    // Only the first mail of the outage counts it as an attempt of its own.
    expect(waiting.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1);
    const back = await sink({}, gone.port);
    await mail.until(["SENT"]);
    expect(back.handed).toHaveLength(30);
  });

  it("does not knock once per mail on a server that closes down with 421", async () => {
    const server = await sink({ greet: () => ({ code: 421, words: "Come back later" }) });
    mail.dispatch(server.url, { firstTrouble: 0.4, longestTrouble: 0.4 });
    await mail.queue(Array.from({ length: 30 }, (_, index) => `person${index}`));
    await new Promise((resolve) => {
      setTimeout(resolve, 1_500);
    });
    expect(server.connections).toBeLessThan(12);
    expect((await mail.fates()).reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1);
    server.conduct = {};
    await mail.until(["SENT"]);
    expect(server.handed).toHaveLength(30);
  });

  it.each([
    ["never says a word", (_socket: Socket) => {}],
    [
      "trickles a greeting without an end",
      (socket: Socket) => {
        const timer = setInterval(() => socket.write("220-patience\r\n"), 100);
        socket.on("close", () => clearInterval(timer));
      },
    ],
  ])("does not wait for ever for a server that %s", async (_what, talk) => {
    const stalled = await stall(talk);
    mail.dispatch(`smtp://127.0.0.1:${stalled.port}`, {
      timeouts: { connect: 300, silence: 300, attempt: 600 },
    });
    await mail.queue(["ada"]);
    const end = Date.now() + 5_000;
    while ((await mail.fates())[0]?.error === null && Date.now() < end) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    expect(await mail.fates()).toMatchObject([{ state: "QUEUED", error: expect.stringMatching(/\w/) }]);
    await stalled.close();
    const server = await sink({}, stalled.port);
    await mail.until(["SENT"]);
    expect(server.handed).toHaveLength(1);
  });

  it("comes back to a server that greylists, and to the other receivers meanwhile", async () => {
    const seen = new Map<string, number>();
    const server = await sink({
      receive: (address) => {
        const times = (seen.get(address) ?? 0) + 1;
        seen.set(address, times);
        return address.startsWith("grey") && times < 3 ? { code: 450, words: "Greylisted, try again" } : null;
      },
    });
    mail.dispatch(server.url);
    await mail.queue(["grey", "plain"]);
    const fates = await mail.until(["SENT"]);
    expect(fates.map(({ about, attempts }) => [about, attempts])).toEqual([
      ["grey", 3],
      ["plain", 1],
    ]);
    expect(server.handed).toHaveLength(2);
  });

  it("gives up what is refused for now too often, with the server's words", async () => {
    const server = await sink({ receive: () => ({ code: 452, words: "Mailbox full" }) });
    mail.dispatch(server.url);
    await mail.queue(["ada"]);
    const [fate] = await mail.until(["FAILED"]);
    expect(fate).toMatchObject({ attempts: 4, error: "452 Mailbox full" });
  });

  it.each([
    [
      "the receiver",
      { receive: () => ({ code: 550, words: "No such user here" }) },
      "550 No such user here",
      0,
    ],
    ["the text", { take: () => ({ code: 554, words: "Looks like spam" }) }, "554 Looks like spam", 1],
  ])("does not try again when the server refuses %s for good", async (_what, conduct, words, handed) => {
    const server = await sink(conduct as SinkConduct);
    mail.dispatch(server.url);
    await mail.queue(["ada"]);
    const [fate] = await mail.until(["BOUNCED"]);
    expect(fate).toMatchObject({ attempts: 1, error: words });
    expect(server.handed).toHaveLength(handed);
  });

  it("tries a text again that was refused for now, because that is an answer", async () => {
    let refusals = 2;
    const server = await sink({
      take: () => ((refusals -= 1) >= 0 ? { code: 451, words: "Local error" } : null),
    });
    mail.dispatch(server.url);
    await mail.queue(["ada"]);
    const [fate] = await mail.until(["SENT"]);
    expect(fate).toMatchObject({ attempts: 3, uncertain: 0 });
    expect(server.taken).toHaveLength(1);
  });

  it("does not blame the mail for refused credentials", async () => {
    const server = await startMailSink(
      {},
      {
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: (auth, _session, callback) =>
          auth.password === "right"
            ? callback(null, { user: "rehome" })
            : callback(new Error(`Invalid password ${auth.password}`)),
      },
    );
    sinks.push(server);
    const wrong = mail.dispatch(server.url.replace("//", "//rehome:not%20this%20one@"));
    await mail.queue(["ada", "bob"]);
    await new Promise((resolve) => {
      setTimeout(resolve, 600);
    });
    await wrong.stop();
    const waiting = await mail.fates();
    expect(waiting.map(({ state }) => state)).toEqual(["QUEUED", "QUEUED"]);
    expect(waiting.map(({ error }) => error).join(" ")).toContain("535");
    expect(JSON.stringify(waiting)).not.toContain("not this one");
    mail.dispatch(server.url.replace("//", "//rehome:right@"));
    await mail.until(["SENT"]);
  });
});

/** A server that takes connections and does with them only what `talk` does. */
async function stall(talk: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    talk(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}
