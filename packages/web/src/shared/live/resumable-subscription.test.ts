import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveSink } from "./live-socket.ts";
import { backoffDelay, isResync, ResumableSubscription, type LiveStatus } from "./resumable-subscription.ts";

interface Harness {
  sinks: LiveSink<number>[];
  received: number[];
  statuses: LiveStatus["mode"][];
  polls: number;
  resyncs: number;
  refusals: number;
  stopped: number;
  subscription: ResumableSubscription<number>;
}

let page: {
  online: boolean;
  visible: "visible" | "hidden";
  windowEvents: EventTarget;
  documentEvents: EventTarget;
};

beforeEach(() => {
  vi.useFakeTimers();
  page = {
    online: true,
    visible: "visible",
    windowEvents: new EventTarget(),
    documentEvents: new EventTarget(),
  };
  vi.stubGlobal("window", page.windowEvents);
  vi.stubGlobal(
    "document",
    Object.defineProperty(page.documentEvents, "visibilityState", { get: () => page.visible }),
  );
  vi.stubGlobal("navigator", Object.defineProperty({}, "onLine", { get: () => page.online }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function startHarness(): Harness {
  const harness: Omit<Harness, "subscription"> = {
    sinks: [],
    received: [],
    statuses: [],
    polls: 0,
    resyncs: 0,
    refusals: 0,
    stopped: 0,
  };
  const subscription = new ResumableSubscription<number>({
    open: (sink) => {
      harness.sinks.push(sink);
      return () => {
        harness.stopped += 1;
      };
    },
    onData: (value) => harness.received.push(value),
    onStatus: (status) => harness.statuses.push(status.mode),
    poll: () => {
      harness.polls += 1;
      return Promise.resolve();
    },
    onResync: () => {
      harness.resyncs += 1;
    },
    onRefused: () => {
      harness.refusals += 1;
    },
  });
  subscription.start();
  return Object.assign(harness, { subscription });
}

const cut = (harness: Harness) => harness.sinks.at(-1)?.ended(new Error("cut"));

describe("ResumableSubscription", () => {
  it("is live once the socket is open and reopens after a cut", () => {
    const harness = startHarness();
    harness.sinks[0]?.open();
    harness.sinks[0]?.next(1);
    cut(harness);
    expect(harness.statuses.at(-1)).toBe("reconnecting");
    vi.advanceTimersByTime(500);
    expect(harness.sinks).toHaveLength(2);
    harness.sinks[1]?.next(2);
    expect(harness.statuses.at(-1)).toBe("live");
    expect(harness.received).toEqual([1, 2]);
  });

  it("polls every ten seconds after three failures in a row, and stops when live again", () => {
    const harness = startHarness();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      cut(harness);
      vi.advanceTimersByTime(attempt < 2 ? 30_000 : 0);
    }
    expect(harness.statuses.at(-1)).toBe("polling");
    expect(harness.polls).toBe(1);
    const attempts = harness.sinks.length;
    vi.advanceTimersByTime(20_000);
    expect(harness.polls).toBe(3);
    expect(harness.sinks.length).toBeGreaterThan(attempts);
    harness.sinks.at(-1)?.open();
    expect(harness.statuses.at(-1)).toBe("live");
    vi.advanceTimersByTime(60_000);
    expect(harness.polls).toBe(3);
  });

  it("tries at once when a poll has been answered", async () => {
    const harness = startHarness();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      cut(harness);
      await vi.advanceTimersByTimeAsync(attempt < 3 ? 20_000 : 0);
    }
    const attempts = harness.sinks.length;
    // The next attempt by backoff alone would come after four seconds at the earliest.
    cut(harness);
    await vi.advanceTimersByTimeAsync(0);
    expect(harness.sinks.length).toBe(attempts);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(harness.sinks.length).toBeGreaterThan(attempts);
  });

  it("tries at once when the network comes back", () => {
    const harness = startHarness();
    page.online = false;
    cut(harness);
    expect(harness.statuses.at(-1)).toBe("offline");
    page.online = true;
    page.windowEvents.dispatchEvent(new Event("online"));
    expect(harness.sinks).toHaveLength(2);
  });

  it("tries at once when the tab becomes visible, and not when it is hidden", () => {
    const harness = startHarness();
    cut(harness);
    page.visible = "hidden";
    page.documentEvents.dispatchEvent(new Event("visibilitychange"));
    expect(harness.sinks).toHaveLength(1);
    page.visible = "visible";
    page.documentEvents.dispatchEvent(new Event("visibilitychange"));
    expect(harness.sinks).toHaveLength(2);
  });

  it("does not open a second subscription while one is open", () => {
    const harness = startHarness();
    harness.sinks[0]?.open();
    page.windowEvents.dispatchEvent(new Event("online"));
    expect(harness.sinks).toHaveLength(1);
  });

  it("asks for the snapshot when the server says RESYNC", () => {
    const harness = startHarness();
    harness.sinks[0]?.ended([{ extensions: { code: "RESYNC" } }]);
    expect(harness.resyncs).toBe(1);
  });

  it.each(["NOT_FOUND", "FORBIDDEN"])("gives up for good when the server answers %s", (code) => {
    const harness = startHarness();
    harness.sinks[0]?.ended([{ extensions: { code } }]);
    vi.advanceTimersByTime(120_000);
    expect(harness.sinks).toHaveLength(1);
    expect(harness.refusals).toBe(1);
    expect(harness.polls).toBe(0);
  });

  it("is silent after stop", () => {
    const harness = startHarness();
    harness.sinks[0]?.open();
    harness.subscription.stop();
    const told = harness.statuses.length;
    cut(harness);
    vi.advanceTimersByTime(120_000);
    expect(harness.stopped).toBe(1);
    expect(harness.sinks).toHaveLength(1);
    expect(harness.statuses).toHaveLength(told);
    expect(harness.polls).toBe(0);
  });
});

describe("backoffDelay", () => {
  it("doubles from half a second to thirty", () => {
    const delays = [1, 2, 3, 7, 20].map((failures) => backoffDelay(failures, () => 0));
    expect(delays).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
  });

  it("takes off up to half at random", () => {
    expect(backoffDelay(1, () => 0.999)).toBeGreaterThanOrEqual(250);
    expect(backoffDelay(20, () => 0.5)).toBe(22_500);
  });
});

describe("isResync", () => {
  it("knows the code and nothing else", () => {
    expect(isResync([{ extensions: { code: "RESYNC" } }])).toBe(true);
    expect(isResync([{ extensions: { code: "FORBIDDEN" } }])).toBe(false);
    expect(isResync(new Error("RESYNC"))).toBe(false);
  });
});
