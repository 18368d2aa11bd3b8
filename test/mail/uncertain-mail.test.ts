import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { query } from "../kit/query.ts";
import { startMailSink, type MailSink, type SinkConduct } from "./mail-sink.ts";
import { openOutboxWorld, type OutboxWorld } from "./outbox-world.ts";

// Once the text is handed over, a silence may mean either thing.
describe("mail whose fate nobody knows", () => {
  let mail: OutboxWorld;
  const sinks: MailSink[] = [];
  const sink = async (conduct: SinkConduct = {}): Promise<MailSink> => {
    const started = await startMailSink(conduct);
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

  it.each(["cut", "hang"] as const)("is sent once more under the same id (%s)", async (end) => {
    let first = true;
    const server = await sink({
      take: () => {
        const conduct = first ? end : null;
        first = false;
        return conduct;
      },
    });
    mail.dispatch(server.url);
    await mail.queue(["ada"]);
    const [fate] = await mail.until(["SENT"]);
    expect(fate).toMatchObject({ attempts: 2, uncertain: 1 });
    expect(server.handed).toHaveLength(2);
    expect(new Set(server.handed.map(({ messageId }) => messageId)).size).toBe(1);
    expect(server.handed[0]?.messageId).toMatch(/^<.+@127\.0\.0\.1>$/);
  });

  it("is given up after the second silence, with the reason", async () => {
    const server = await sink({ take: () => "cut" });
    mail.dispatch(server.url);
    await mail.queue(["ada"]);
    const [fate] = await mail.until(["FAILED"]);
    expect(fate).toMatchObject({ attempts: 2, uncertain: 2 });
    expect(fate?.error).toMatch(/took the text twice/);
    expect(server.handed).toHaveLength(2);
  });

  it("stays uncertain, and is handed over only once more, when refusals come between", async () => {
    let refusals = 0;
    let texts = 0;
    const server = await sink({
      receive: () => (texts === 1 && (refusals += 1) <= 2 ? { code: 450, words: "Later" } : null),
      take: () => ((texts += 1) === 1 ? "cut" : null),
    });
    mail.dispatch(server.url, { mostAttempts: 10 });
    await mail.queue(["ada"]);
    const [fate] = await mail.until(["SENT"]);
    expect(fate).toMatchObject({ attempts: 4, uncertain: 1 });
    expect(server.handed).toHaveLength(2);
  });

  it("is not made of connections that end before the text", async () => {
    let cuts = 3;
    const server = await sink();
    server.conduct.receive = () => ((cuts -= 1) >= 0 ? { code: 421, words: "Closing" } : null);
    mail.dispatch(server.url);
    await mail.queue(["ada"]);
    const [fate] = await mail.until(["SENT"]);
    expect(fate?.uncertain).toBe(0);
    expect(server.handed).toHaveLength(1);
  });

  it("is what a process leaves that ended while sending: taken over once its lease is out", async () => {
    const server = await sink();
    await mail.queue(["ada"]);
    // As a claim leaves it that nobody settles.
    await query(
      mail.world.em,
      `update mail_outbox set state = 'SENDING', lease = gen_random_uuid(), leased_until = now() + interval '1 second'`,
    );
    mail.dispatch(server.url);
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    expect(server.handed).toHaveLength(0);
    const [fate] = await mail.until(["SENT"]);
    expect(fate).toMatchObject({ attempts: 2, uncertain: 1 });
    expect(server.handed).toHaveLength(1);
  });

  it("is given up when a process ends in the middle for the second time", async () => {
    const server = await sink();
    await mail.queue(["ada"]);
    await query(
      mail.world.em,
      `update mail_outbox set state = 'SENDING', uncertain_sends = 1, lease = gen_random_uuid(), leased_until = now() - interval '1 second'`,
    );
    mail.dispatch(server.url);
    const [fate] = await mail.until(["FAILED"]);
    expect(fate).toMatchObject({ uncertain: 2 });
    expect(server.handed).toHaveLength(0);
  });

  it("is another process's to settle when the lease ran out during the attempt", async () => {
    const server = await sink({ take: () => "hang" });
    const slow = mail.dispatch(server.url, { timeouts: { connect: 500, silence: 1_500, attempt: 1_500 } });
    await mail.queue(["ada"]);
    while (server.handed.length === 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
    server.conduct = {};
    await query(mail.world.em, `update mail_outbox set leased_until = now() - interval '1 second'`);
    mail.dispatch(server.url);
    await mail.until(["SENT"]);
    await slow.stop();
    // The late one changed nothing of what the other had settled.
    expect(await mail.fates()).toMatchObject([{ state: "SENT", attempts: 2, uncertain: 1 }]);
    expect(server.handed).toHaveLength(2);
  });
});
