import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client, FormattedExecutionResult } from "graphql-ws";
import { plantSocket, type Guest, type PlantedSocket } from "./planted-socket.ts";

const shared =
  "subscription Notes($room: String!, $after: Int) { notes(room: $room, after: $after) { number text } }";
const own = "subscription Notes($room: String!) { notes(room: $room) { number text viewerCanEdit } }";

let socket: PlantedSocket;
const clients: Client[] = [];

beforeEach(async () => {
  socket = await plantSocket();
});
afterEach(async () => {
  for (const client of clients.splice(0)) {
    await client.dispose();
  }
  await socket.close();
});

function admit(accountId: string, overrides: Partial<Guest> = {}): Guest {
  const guest: Guest = {
    accountId,
    sessionId: `session of ${accountId}`,
    sessionExpiresAt: new Date(Date.now() + 3_600_000),
    rooms: ["hall"],
    isEditor: false,
    ...overrides,
  };
  socket.guests.set(guest.sessionId, guest);
  return guest;
}

/** What one subscription has received so far, and how it ended. */
interface Follower {
  data: Record<string, unknown>[];
  errors: unknown[];
  ended: Promise<unknown>;
}

function follow(
  guest: Guest,
  query: string,
  variables: Record<string, unknown> = { room: "hall" },
): Follower {
  const client = socket.connect(guest.sessionId);
  clients.push(client);
  const data: Record<string, unknown>[] = [];
  const errors: unknown[] = [];
  const ended = new Promise<unknown>((resolve) => {
    client.subscribe<Record<string, Record<string, unknown>>>(
      { query, variables },
      {
        next(result: FormattedExecutionResult<Record<string, Record<string, unknown>>>) {
          data.push(...Object.values(result.data ?? {}).filter((value) => value !== null));
          errors.push(...(result.errors ?? []));
        },
        error: resolve,
        complete: () => resolve("complete"),
      },
    );
  });
  return { data, errors, ended };
}

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 10 }).toBe(true);
}

function writeNotes(from: number, to: number, room = "hall"): void {
  for (let number = from; number <= to; number += 1) {
    socket.write(room, `note ${number}`);
  }
}

describe("subscribers of one selection", () => {
  it("get each value executed once for all of them, wherever they begin", async () => {
    writeNotes(1, 5);
    const guests = Array.from({ length: 20 }, (_value, index) => admit(`guest ${index}`));
    const followers = guests.map((guest, index) => follow(guest, shared, { room: "hall", after: index % 5 }));
    await until(() => followers.every(({ data }, index) => data.length === 5 - (index % 5)));
    const { texts: textsBefore, reads: readsBefore } = socket.counts;
    for (let number = 6; number <= 25; number += 1) {
      socket.write("hall", `note ${number}`);
      await until(() => followers.every(({ data }) => data.at(-1)?.number === number));
    }
    expect(socket.counts.texts - textsBefore).toBe(20);
    // Once when woken; a read that found a full page would read on.
    expect(socket.counts.reads - readsBefore).toBeLessThanOrEqual(20);
    for (const [index, { data }] of followers.entries()) {
      const numbers = data.map(({ number }) => number);
      expect(numbers).toEqual(
        Array.from({ length: 25 - (index % 5) }, (_value, place) => place + 1 + (index % 5)),
      );
    }
  });

  it("share only where variables that the selection reads are the same", async () => {
    const query =
      "subscription Notes($room: String!, $full: Boolean!) { notes(room: $room) { number text @include(if: $full) } }";
    const [full, short] = [admit("full"), admit("short")];
    const followers = [
      follow(full, query, { room: "hall", full: true }),
      follow(short, query, { room: "hall", full: false }),
    ];
    writeNotes(1, 1);
    await until(() => followers.every(({ data }) => data.length === 1));
    expect(followers.map(({ data }) => data[0])).toEqual([{ number: 1, text: "note 1" }, { number: 1 }]);
  });
});

describe("a field that depends on who reads it", () => {
  it("is answered for each reader, beside those who share", async () => {
    const editor = admit("editor", { isEditor: true });
    const reader = admit("reader");
    const followers = [follow(editor, own), follow(reader, own), follow(reader, shared)];
    writeNotes(1, 3);
    await until(() => followers.every(({ data }) => data.length === 3));
    expect(followers.map(({ data }) => data.map((note) => note.viewerCanEdit))).toEqual([
      [true, true, true],
      [false, false, false],
      [undefined, undefined, undefined],
    ]);
  });

  it("is found through fragments and aliases as well", async () => {
    const query = `subscription Notes($room: String!) { notes(room: $room) { ...More } }
      fragment More on Note { number ... on Note { may: viewerCanEdit } }`;
    const followers = [follow(admit("editor", { isEditor: true }), query), follow(admit("reader"), query)];
    writeNotes(1, 1);
    await until(() => followers.every(({ data }) => data.length === 1));
    expect(followers.map(({ data }) => data[0]?.may)).toEqual([true, false]);
  });

  it("is refused and not answered for one of them where a shared answer asks all the same", async () => {
    const query = "subscription Careless($room: String!) { careless(room: $room) { number text } }";
    const followers = [follow(admit("one"), query), follow(admit("two"), query)];
    writeNotes(1, 1);
    await until(() => followers.every(({ errors }) => errors.length === 1));
    expect(followers.map(({ data }) => data)).toEqual([[], []]);
    expect(JSON.stringify(followers.map(({ errors }) => errors))).not.toContain("for one");
    expect(JSON.stringify(followers.map(({ errors }) => errors))).toContain("INTERNAL");
  });
});

describe("rights", () => {
  it("decide who is among the sharers: another room's notes never come", async () => {
    const inside = follow(admit("inside"), shared);
    const outside = follow(admit("outside", { rooms: ["cellar"] }), shared, { room: "cellar" });
    writeNotes(1, 3);
    writeNotes(1, 1, "cellar");
    await until(() => inside.data.length === 3 && outside.data.length === 1);
    const stranger = follow(admit("stranger", { rooms: [] }), shared);
    expect(await stranger.ended).toMatchObject({ code: 4403 });
    expect(stranger.data).toEqual([]);
  });

  it("that end close the socket with 4403, and only that one", async () => {
    const [leaving, staying] = [admit("leaving"), admit("staying")];
    const followers = [follow(leaving, shared), follow(staying, shared), follow(leaving, own)];
    writeNotes(1, 1);
    await until(() => followers.every(({ data }) => data.length === 1));
    socket.guests.set(leaving.sessionId, { ...leaving, rooms: [] });
    socket.announce(`account:${leaving.accountId}`);
    expect(await followers[0]?.ended).toMatchObject({ code: 4403 });
    expect(await followers[2]?.ended).toMatchObject({ code: 4403 });
    writeNotes(2, 2);
    await until(() => followers[1]?.data.length === 2);
    expect(followers.map(({ data }) => data.length)).toEqual([1, 2, 1]);
  });

  it("are looked up by themselves when nobody announces that a session ended", async () => {
    const guest = admit("guest");
    const follower = follow(guest, shared);
    writeNotes(1, 1);
    await until(() => follower.data.length === 1);
    socket.guests.delete(guest.sessionId);
    expect(await follower.ended).toMatchObject({ code: 4401 });
  });
});
