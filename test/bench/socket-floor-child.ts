// The least a server can do: serialise an event once and send it to every socket. Events come over IPC.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.once("listening", () => {
  process.send?.({ port: (server.address() as { port: number }).port });
});
process.on("message", (event: unknown) => {
  const text = JSON.stringify({ id: "1", type: "next", payload: { data: { migrationEvents: event } } });
  for (const socket of server.clients) {
    socket.send(text);
  }
});
process.once("disconnect", () => process.exit(0));
