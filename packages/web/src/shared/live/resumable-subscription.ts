import type { LiveSink } from "./live-socket.ts";

/** How fresh what the page shows is. `since` is the epoch time (ms) of the last data before the trouble. */
export interface LiveStatus {
  mode: "connecting" | "live" | "reconnecting" | "polling" | "offline";
  since: number | null;
}

/** The parts of a live subscription that differ from one to the next. */
export interface ResumableOptions<T> {
  /** Opens the subscription at the point reached so far; called again after every cut. */
  open(sink: LiveSink<T>): () => void;
  onData(value: T): void;
  onStatus(status: LiveStatus): void;
  /** Fetches a snapshot over HTTP; used every 10 s once three attempts in a row have failed. Absent: no polling. */
  poll?(): Promise<void>;
  /** Called when the server answers RESYNC: its log no longer reaches back to our point. */
  onResync?(): void;
  /** Called when the server says that asking again is of no use; the subscription is over then. */
  onRefused?(): void;
}

/** Failures in a row after which the page polls, and says so. */
export const failuresBeforePolling = 3;
const pollEveryMs = 10_000;

/** Milliseconds to wait before attempt `failures`: 0.5 s doubling to 30 s, with up to half taken off at random. */
export function backoffDelay(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(30_000, 500 * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling * (1 - random() * 0.5));
}

/** True when a subscription's error is the server's request to reload the snapshot. */
export function isResync(reason: unknown): boolean {
  return (
    Array.isArray(reason) &&
    reason.some((error: { extensions?: { code?: unknown } }) => error.extensions?.code === "RESYNC")
  );
}

const finalCodes = new Set(["NOT_FOUND", "FORBIDDEN", "BAD_INPUT", "GRAPHQL_VALIDATION_FAILED"]);

/** True when the server's answer would be the same next time: nothing there, not allowed, or a wrong request. */
export function isRefusal(reason: unknown): boolean {
  return (
    Array.isArray(reason) &&
    reason.some((error: { extensions?: { code?: unknown } }) =>
      finalCodes.has(String(error.extensions?.code)),
    )
  );
}

/** Keeps one subscription alive: reopens it after cuts, at once when the network or the tab comes back. */
export class ResumableSubscription<T> {
  private stopCurrent: (() => void) | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setInterval> | undefined;
  private failures = 0;
  private lastDataAt: number | null = null;
  private closed = false;
  private readonly options: ResumableOptions<T>;

  constructor(options: ResumableOptions<T>) {
    this.options = options;
  }

  /** Opens the subscription and starts listening for the network and the tab. */
  start(): void {
    window.addEventListener("online", this.retryNow);
    window.addEventListener("offline", this.tellOffline);
    document.addEventListener("visibilitychange", this.retryWhenVisible);
    this.connect();
  }

  /** Ends everything; no callback is called afterwards. */
  stop(): void {
    this.closed = true;
    window.removeEventListener("online", this.retryNow);
    window.removeEventListener("offline", this.tellOffline);
    document.removeEventListener("visibilitychange", this.retryWhenVisible);
    clearTimeout(this.retryTimer);
    clearInterval(this.pollTimer);
    this.stopCurrent?.();
    this.stopCurrent = null;
  }

  private readonly connect = (): void => {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.tellStatus();
    this.stopCurrent = this.options.open({
      open: this.handleOpen,
      next: (value) => {
        this.lastDataAt = Date.now();
        this.handleOpen();
        this.options.onData(value);
      },
      ended: this.handleEnd,
    });
  };

  private readonly handleOpen = (): void => {
    if (this.failures > 0 || !this.live) {
      this.failures = 0;
      this.live = true;
      clearInterval(this.pollTimer);
      this.pollTimer = undefined;
      this.lastDataAt ??= Date.now();
      this.tellStatus();
    }
  };
  private live = false;

  private readonly handleEnd = (reason: unknown): void => {
    if (this.closed) {
      return;
    }
    this.stopCurrent = null;
    if (isRefusal(reason)) {
      this.stop();
      this.options.onRefused?.();
      return;
    }
    if (this.live) {
      // The data was right up to the moment of the cut, however long ago the last change was.
      this.lastDataAt = Date.now();
    }
    this.live = false;
    this.failures += 1;
    if (isResync(reason)) {
      this.options.onResync?.();
    }
    if (this.options.poll && this.failures >= failuresBeforePolling && !this.pollTimer) {
      this.pollTimer = setInterval(this.pollOnce, pollEveryMs);
      this.pollOnce();
    }
    this.retryTimer = setTimeout(this.connect, backoffDelay(this.failures));
    this.tellStatus();
  };

  private readonly pollOnce = (): void => {
    this.options.poll?.().then(
      () => {
        this.lastDataAt = Date.now();
        // The server answers again: there is no reason to wait out the backoff.
        this.retryNow();
      },
      () => this.tellStatus(),
    );
  };

  private readonly retryNow = (): void => {
    if (!this.stopCurrent && !this.closed) {
      this.connect();
    } else {
      this.tellStatus();
    }
  };

  private readonly retryWhenVisible = (): void => {
    if (document.visibilityState === "visible") {
      this.retryNow();
    }
  };

  private readonly tellOffline = (): void => this.tellStatus();

  private tellStatus(): void {
    if (!this.closed) {
      this.options.onStatus({ mode: this.mode(), since: this.lastDataAt });
    }
  }

  private mode(): LiveStatus["mode"] {
    if (!navigator.onLine) {
      return "offline";
    }
    if (this.live) {
      return "live";
    }
    if (this.pollTimer) {
      return "polling";
    }
    return this.failures > 0 ? "reconnecting" : "connecting";
  }
}
