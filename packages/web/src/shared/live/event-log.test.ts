import { describe, expect, it } from "vitest";
import {
  appendEvents,
  batchSize,
  emptyEventLog,
  keptEvents,
  restartLog,
  type LogEvent,
} from "./event-log.ts";

const start = Date.parse("2026-03-01T10:00:00Z");

function makeEvent(sequence: number, overrides: Partial<LogEvent> = {}): LogEvent {
  return {
    sequence,
    type: "BATCH_APPLIED",
    summary: `Rows of batch ${sequence}`,
    payload: { from: 1, to: 100 },
    at: new Date(start + sequence * 500).toISOString(),
    ...overrides,
  };
}

describe("appendEvents", () => {
  it("keeps every event once when a resumed subscription repeats some", () => {
    const before = appendEvents(emptyEventLog(), [makeEvent(1), makeEvent(2), makeEvent(3)]);
    const after = appendEvents(before, [makeEvent(2), makeEvent(3), makeEvent(4)]);
    expect(after.events.map((event) => event.sequence)).toEqual([4, 3, 2, 1]);
    expect(after.lastSequence).toBe(4);
  });

  it("drops a repeat inside one burst", () => {
    const log = appendEvents(emptyEventLog(), [makeEvent(1), makeEvent(1), makeEvent(2)]);
    expect(log.events.map((event) => event.sequence)).toEqual([2, 1]);
  });

  it("returns the same object when nothing is new, so that nothing renders", () => {
    const log = appendEvents(emptyEventLog(), [makeEvent(1)]);
    expect(appendEvents(log, [makeEvent(1)])).toBe(log);
    expect(appendEvents(log, [])).toBe(log);
  });

  it("starts after the sequence it was given", () => {
    const log = appendEvents(emptyEventLog(7), [makeEvent(6), makeEvent(7), makeEvent(8)]);
    expect(log.events.map((event) => event.sequence)).toEqual([8]);
  });

  it("keeps only the newest events of a long log", () => {
    const many = Array.from({ length: 250 }, (_, index) => makeEvent(index + 1));
    const log = appendEvents(appendEvents(emptyEventLog(), many.slice(0, 130)), many.slice(130));
    expect(log.events).toHaveLength(keptEvents);
    expect(log.events[0]?.sequence).toBe(250);
    expect(log.events.at(-1)?.sequence).toBe(151);
  });

  it("counts people per second from the start of the run", () => {
    const log = appendEvents(emptyEventLog(), [
      makeEvent(1, { type: "STARTED", payload: {}, at: new Date(start).toISOString() }),
      makeEvent(2, { at: new Date(start + 1_000).toISOString() }),
      makeEvent(3, { at: new Date(start + 1_500).toISOString() }),
      makeEvent(4, { at: new Date(start + 3_000).toISOString() }),
    ]);
    expect(log.rate.map((point) => point.perSecond)).toEqual([100, 100]);
  });

  it("does not count a pause as slowness", () => {
    const log = appendEvents(emptyEventLog(), [
      makeEvent(1, { type: "STARTED", payload: {}, at: new Date(start).toISOString() }),
      makeEvent(2, { at: new Date(start + 1_000).toISOString() }),
      makeEvent(3, { type: "PAUSED", payload: {}, at: new Date(start + 1_100).toISOString() }),
      makeEvent(4, { type: "RESUMED", payload: {}, at: new Date(start + 60_000).toISOString() }),
      makeEvent(5, { at: new Date(start + 61_000).toISOString() }),
    ]);
    expect(log.rate.map((point) => point.perSecond)).toEqual([100, 100]);
  });

  it("gives the same rate whether events come one by one or in one burst", () => {
    const events = Array.from({ length: 20 }, (_, index) => makeEvent(index + 1));
    const inOne = appendEvents(emptyEventLog(), events);
    const oneByOne = events.reduce((log, event) => appendEvents(log, [event]), emptyEventLog());
    expect(oneByOne).toEqual(inOne);
  });
});

describe("restartLog", () => {
  const known = appendEvents(emptyEventLog(), [makeEvent(1), makeEvent(2), makeEvent(3)]);

  it("goes on from a log whose older events were removed", () => {
    const log = restartLog(known, [makeEvent(40), makeEvent(41)], 41);
    expect(log.events.map((event) => event.sequence)).toEqual([41, 40]);
    expect(log.lastSequence).toBe(41);
  });

  it("goes back with a log that was restored and counts from an earlier number", () => {
    const log = restartLog(known, [makeEvent(1), makeEvent(2)], 2);
    expect(log.lastSequence).toBe(2);
    expect(appendEvents(log, [makeEvent(3)]).events.map((event) => event.sequence)).toEqual([3, 2, 1]);
  });

  it("goes on from the newest number when no event is kept", () => {
    expect(restartLog(known, [], 90)).toMatchObject({ lastSequence: 90, events: [] });
  });

  it("keeps the rate measured so far", () => {
    const rate = [{ at: 1, perSecond: 5 }];
    expect(restartLog({ ...known, rate }, [], 90).rate).toEqual(rate);
  });
});

describe("batchSize", () => {
  it("reads the rows of a batch from its payload", () => {
    expect(batchSize({ from: 501, to: 1000 })).toBe(500);
  });

  it.each([[null], [undefined], ["text"], [{ from: "1", to: 5 }], [{ from: 9, to: 3 }], [{}]])(
    "is 0 for %j",
    (payload) => {
      expect(batchSize(payload)).toBe(0);
    },
  );
});
