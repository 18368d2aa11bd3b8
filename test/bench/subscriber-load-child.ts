// Opens many sockets in a process of its own and measures how long each message took. Told what to do over IPC.
import WebSocket from "ws";

/** What the parent asks for. */
export interface LoadOrder {
  url: string;
  /** One per sign-in; sockets take turns. Empty for a server that asks for none. */
  cookies: string[];
  count: number;
  /** The subscribe message's payload; null for a server that sends without being asked. */
  subscribe: unknown;
  /** Milliseconds without a message after which the measurement is over. */
  quiet: number;
}

/** What came, over all sockets. Milliseconds. */
export interface LoadResult {
  received: number;
  p50: number;
  p99: number;
  most: number;
  /** Messages whose event did not follow on the one before in its socket. */
  faulty: number;
}

const marker = /"sequence":(\d+).*"sentAt":([\d.]+)/;
const latencies: number[] = [];
let faulty = 0;
let ready = 0;
let lastMessageAt = Date.now();

process.once("message", (order: LoadOrder) => {
  void run(order);
});

async function run(order: LoadOrder): Promise<void> {
  const sockets: WebSocket[] = [];
  for (let index = 0; index < order.count; index += 100) {
    const wave = Array.from({ length: Math.min(100, order.count - index) }, (_value, offset) =>
      open(order, index + offset),
    );
    sockets.push(...(await Promise.all(wave)));
  }
  process.send?.({ connected: sockets.length });
  process.once("message", () => {
    // The warm-up is over; from here on everything counts.
    latencies.length = 0;
    process.send?.({ measuring: true });
    const timer = setInterval(() => {
      if (latencies.length > 0 && Date.now() - lastMessageAt > order.quiet) {
        clearInterval(timer);
        process.send?.({ result: summarize() });
        sockets.forEach((socket) => socket.terminate());
        process.disconnect?.();
      }
    }, 100);
  });
}

async function open(order: LoadOrder, index: number): Promise<WebSocket> {
  const cookie = order.cookies[index % Math.max(1, order.cookies.length)];
  const socket = new WebSocket(order.url, "graphql-transport-ws", {
    headers: cookie === undefined ? {} : { Cookie: cookie },
    perMessageDeflate: false,
  });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  if (order.subscribe !== null) {
    socket.send(JSON.stringify({ type: "connection_init" }));
    await new Promise((resolve) => {
      socket.once("message", resolve);
    });
    socket.send(JSON.stringify({ id: `socket-${index}`, type: "subscribe", payload: order.subscribe }));
  }
  let last = 0;
  socket.on("message", (data: Buffer) => {
    const now = performance.timeOrigin + performance.now();
    const found = marker.exec(data.toString("latin1"));
    if (found === null) {
      return;
    }
    const sequence = Number(found[1]);
    if (last !== 0 && sequence !== last + 1) {
      faulty += 1;
    }
    if (last === 0) {
      ready += 1;
      if (ready === order.count) {
        process.send?.({ ready });
      }
    }
    last = sequence;
    lastMessageAt = Date.now();
    latencies.push(now - Number(found[2]));
  });
  return socket;
}

function summarize(): LoadResult {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { received: sorted.length, p50: at(0.5), p99: at(0.99), most: sorted.at(-1) ?? 0, faulty };
}
