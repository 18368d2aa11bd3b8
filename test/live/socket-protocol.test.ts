import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { plantSocket, type PlantedSocket } from "./planted-socket.ts";

// The graphql-transport-ws protocol, message by message, for subscriptions whose answers are shared.

const query =
  "subscription Notes($room: String, $after: Int) { notes(room: $room, after: $after) { number } }";
const sessionId = "session";

interface Message {
  id?: string;
  type: string;
  payload?: unknown;
}

let planted: PlantedSocket;
let socket: WebSocket;
let messages: Message[];

beforeEach(async () => {
  planted = await plantSocket();
  const sessionExpiresAt = new Date(Date.now() + 3_600_000);
  const guest = { accountId: "guest", sessionId, sessionExpiresAt, rooms: ["hall"], isEditor: false };
  planted.guests.set(sessionId, guest);
  socket = new WebSocket(planted.url, "graphql-transport-ws", { headers: { Cookie: sessionId } });
  messages = [];
  socket.on("message", (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
  await once(socket, "open");
  send({ type: "connection_init" });
  await received(1);
});
afterEach(async () => {
  socket.terminate();
  await planted.close();
});

function send(message: Message): void {
  socket.send(JSON.stringify(message));
}

function subscribe(id: string, after = 0, text = query): void {
  send({ id, type: "subscribe", payload: { query: text, variables: { room: "hall", after } } });
}

async function received(count: number): Promise<Message[]> {
  await expect.poll(() => messages.length, { timeout: 5_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  return messages;
}

/** The answer to a ping comes after everything that was said before it. */
async function settled(): Promise<void> {
  const pongs = (): number => messages.filter(({ type }) => type === "pong").length;
  const before = pongs();
  send({ type: "ping" });
  await expect.poll(pongs, { timeout: 5_000, interval: 5 }).toBe(before + 1);
}

function next(id: string, number: number): Message {
  return { id, type: "next", payload: { data: { notes: { number } } } };
}

describe("a shared subscription", () => {
  it("is acknowledged, gets its answers under its own id, and nothing after its complete", async () => {
    subscribe("one");
    subscribe("two");
    await settled();
    planted.write("hall", "first");
    await expect.poll(() => messages.filter(({ type }) => type === "next").length).toBe(2);
    send({ id: "one", type: "complete" });
    await settled();
    planted.write("hall", "second");
    await expect.poll(() => messages.filter(({ type }) => type === "next").length).toBe(3);
    await settled();
    expect(messages.filter(({ type }) => type !== "pong")).toEqual([
      { type: "connection_ack" },
      next("one", 1),
      next("two", 1),
      next("two", 2),
    ]);
  });

  it("may take an id again once it is complete, and only then", async () => {
    planted.write("hall", "first");
    subscribe("one");
    expect((await received(2)).slice(1)).toEqual([next("one", 1)]);
    send({ id: "one", type: "complete" });
    await settled();
    subscribe("one");
    expect((await received(4)).slice(3)).toEqual([next("one", 1)]);
    subscribe("one");
    const [code] = (await once(socket, "close")) as [number];
    expect(code).toBe(4409);
  });

  it("ends with an error message when the log loses what it has not sent yet", async () => {
    for (let number = 1; number <= 5; number += 1) {
      planted.write("hall", "note");
    }
    planted.forget("hall", 3);
    subscribe("one", 1);
    const [, error] = await received(2);
    expect(error).toMatchObject({ id: "one", type: "error", payload: [{ extensions: { code: "RESYNC" } }] });
    await settled();
    expect(messages.filter(({ type }) => type === "next" || type === "complete")).toEqual([]);
    subscribe("two", 3);
    await expect.poll(() => messages.slice(-2)).toEqual([next("two", 4), next("two", 5)]);
  });

  it("counts towards the twenty of a socket for as long as it lasts", async () => {
    for (let index = 0; index < 25; index += 1) {
      subscribe(`wrong ${index}`, 0, "subscription { nothing }");
    }
    for (let index = 0; index < 21; index += 1) {
      subscribe(`open ${index}`);
    }
    await settled();
    const refused = (): unknown[] =>
      messages.filter((message) => JSON.stringify(message).includes("RATE_LIMITED")).map(({ id }) => id);
    expect(refused()).toEqual(["open 20"]);
    send({ id: "open 3", type: "complete" });
    await settled();
    subscribe("open 21");
    await settled();
    expect(refused()).toEqual(["open 20"]);
  });
});
