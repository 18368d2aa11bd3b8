import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";

/** A text that a mail server was handed, whole. */
export interface TakenMail {
  to: string;
  messageId: string;
  raw: string;
}

/** What a mail server of a test does with one mail; what it does not say is taken. */
export interface SinkConduct {
  /** Answer to the connection. */
  greet?: () => { code: number; words: string } | null;
  /** Answer to a receiver. */
  receive?: (address: string) => { code: number; words: string } | null;
  /**
   * After the whole text: the answer, `cut` to break the connection without one, `hang` to say nothing. What is not
   * refused counts as taken.
   */
  take?: (mail: TakenMail) => "cut" | "hang" | { code: number; words: string } | null;
}

/** A mail server on loopback. */
export interface MailSink {
  port: number;
  url: string;
  /** Texts whose end was seen and that were not refused, cut ones included. */
  taken: TakenMail[];
  /** Every text that was handed over, refused ones included. */
  handed: TakenMail[];
  connections: number;
  conduct: SinkConduct;
  close(): Promise<void>;
}

/** Starts one, on the given port or any free one. */
export async function startMailSink(
  conduct: SinkConduct = {},
  settings: { port?: number } & SMTPServerOptions = {},
): Promise<MailSink> {
  const { port = 0, ...options } = settings;
  const sink: MailSink = {
    port,
    url: "",
    taken: [],
    handed: [],
    connections: 0,
    conduct,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 50,
    logger: false,
    ...options,
    onConnect(_session, callback) {
      sink.connections += 1;
      callback(refusal(sink.conduct.greet?.()));
    },
    onRcptTo({ address }, _session, callback) {
      callback(refusal(sink.conduct.receive?.(address)));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const mail = read(Buffer.concat(chunks).toString("utf8"), session);
        sink.handed.push(mail);
        const conduct = sink.conduct.take?.(mail) ?? null;
        if (typeof conduct !== "object" || conduct === null) {
          sink.taken.push(mail);
        }
        if (conduct === "cut") {
          cut(server, session);
        } else if (conduct !== "hang") {
          callback(refusal(conduct));
        }
      });
    },
  });
  server.on("error", () => {
    // A connection that was cut; the test looks at what the sender makes of it.
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  sink.port = (server.server.address() as AddressInfo).port;
  sink.url = `smtp://127.0.0.1:${sink.port}`;
  return sink;
}

function read(raw: string, { envelope }: SMTPServerSession): TakenMail {
  return {
    to: envelope.rcptTo.map(({ address }) => address).join(", "),
    messageId: /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim() ?? "",
    raw,
  };
}

function refusal(answer: { code: number; words: string } | null | undefined): Error | null {
  return answer == null ? null : Object.assign(new Error(answer.words), { responseCode: answer.code });
}

function cut(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const connection of server.connections) {
    const { id: other, _socket } = connection as unknown as { id: string; _socket: { destroy(): void } };
    if (other === id) {
      _socket.destroy();
    }
  }
}
