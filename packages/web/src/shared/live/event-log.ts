/** One event of a migration as the subscription delivers it. */
export interface LogEvent {
  sequence: number;
  type: string;
  summary: string;
  payload: unknown;
  at: string;
}

/** One point of the rate chart: people per second over the interval that ended at `at` (epoch seconds). */
export interface RatePoint {
  at: number;
  perSecond: number;
}

/** What the page keeps of the event stream: the newest events and the rate, not a million rows. */
export interface EventLogState {
  lastSequence: number;
  /** Newest first, at most `keptEvents`. */
  events: LogEvent[];
  rate: RatePoint[];
  /** People counted since the last rate point, and when that was (epoch ms). */
  pendingPeople: number;
  rateFrom: number | null;
  lastEventAt: number | null;
}

/** How many events the page keeps; older ones are read from the server by search. */
export const keptEvents = 100;
const keptRatePoints = 600;
const rateIntervalMs = 1_000;

/** The state before the first event; `afterSequence` is where the subscription starts. */
export function emptyEventLog(afterSequence = 0): EventLogState {
  return {
    lastSequence: afterSequence,
    events: [],
    rate: [],
    pendingPeople: 0,
    rateFrom: null,
    lastEventAt: null,
  };
}

/** Adds a burst of events; repeats (sequence at or below the last one) are dropped. Returns the same object when nothing was new. */
export function appendEvents(state: EventLogState, burst: readonly LogEvent[]): EventLogState {
  const fresh: LogEvent[] = [];
  let last = state.lastSequence;
  for (const event of burst) {
    if (event.sequence > last) {
      last = event.sequence;
      fresh.push(event);
    }
  }
  if (fresh.length === 0) {
    return state;
  }
  const events = [...fresh.slice(-keptEvents).toReversed(), ...state.events].slice(0, keptEvents);
  let next: EventLogState = { ...state, lastSequence: last, events };
  for (const event of fresh) {
    next = addToRate(next, event);
  }
  return next;
}

/**
 * Starts again from a snapshot, because the server's log does not join on to what was known: older events were removed
 * there, or it was restored from a backup and counts from an earlier number. `events` are the newest, oldest first;
 * `newestSequence` is the number to go on from when there are none.
 */
export function restartLog(
  state: EventLogState,
  events: readonly LogEvent[],
  newestSequence: number,
): EventLogState {
  const [oldest] = events;
  const start = oldest ? oldest.sequence - 1 : newestSequence;
  return appendEvents({ ...emptyEventLog(start), rate: state.rate }, events);
}

/** Rows handled by one BATCH_APPLIED event, whose payload names the first and the last; 0 where it does not. */
export function batchSize(payload: unknown): number {
  const { from, to } = (payload ?? {}) as { from?: unknown; to?: unknown };
  return typeof from === "number" && typeof to === "number" && to >= from ? to - from + 1 : 0;
}

function addToRate(state: EventLogState, event: LogEvent): EventLogState {
  const at = Date.parse(event.at);
  if (event.type === "STARTED" || event.type === "RESUMED" || event.type === "BRAKE_RELEASED") {
    return { ...state, rateFrom: at, pendingPeople: 0, lastEventAt: at };
  }
  if (event.type !== "BATCH_APPLIED") {
    return { ...state, lastEventAt: at };
  }
  const pendingPeople = state.pendingPeople + batchSize(event.payload);
  const rateFrom = state.rateFrom ?? at;
  const elapsed = at - rateFrom;
  if (elapsed < rateIntervalMs) {
    return { ...state, pendingPeople, rateFrom, lastEventAt: at };
  }
  const point = { at: at / 1_000, perSecond: (pendingPeople * 1_000) / elapsed };
  return {
    ...state,
    pendingPeople: 0,
    rateFrom: at,
    lastEventAt: at,
    rate: [...state.rate, point].slice(-keptRatePoints),
  };
}
