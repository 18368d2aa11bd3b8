import type { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import type { RenderedLetter } from "./letter.ts";
import type { MailSettings } from "./mail-settings.ts";
import { judgeFailure, type SendOutcome } from "./send-outcome.ts";

/** A mail with everything it needs to go out. */
export interface OutgoingMail extends RenderedLetter {
  to: string;
  subject: string;
  /** Stays the same over every attempt: receivers drop a second copy by it. */
  messageId: string;
}

/** How long a server may keep one mail waiting, in milliseconds. */
export interface SendTimeouts {
  connect: number;
  /** Without a byte. */
  silence: number;
  /** For the whole attempt, however slowly the server talks. */
  attempt: number;
}

/** Sends mail over a few connections that stay open between mails. */
export interface MailTransport {
  /** One attempt. Never rejects: what went wrong is the outcome. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  close(): void;
}

/** Mails that are sent at the same time. */
export const connectionsPerServer = 4;

const mailsPerConnection = 100;

/** Opens the way to a mail server; nothing is connected before the first mail. */
export function openMailTransport(settings: MailSettings, timeouts: SendTimeouts): MailTransport {
  const { credentials, from } = settings;
  const transport = createTransport({
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.requireTls,
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: settings.requireTls },
    auth: credentials,
    maxConnections: connectionsPerServer,
    maxMessages: mailsPerConnection,
    // Whether a mail is sent again is the outbox's decision alone.
    maxRequeues: 0,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Tells whether the connection began to take the text: before that, a broken connection cannot have delivered it.
  const texts = new Map<string, Readable>();
  transport.use("stream", (mail, callback) => {
    const { message } = mail;
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (...given) => {
      const text = createReadStream(...given);
      texts.set(message.messageId(), text);
      return text;
    };
    callback();
  });
  const attempt = async ({ to, subject, text, html, messageId }: OutgoingMail): Promise<SendOutcome> => {
    try {
      await transport.sendMail({
        // Objects only: a string would be read as a list of addresses.
        from,
        to: { name: "", address: to },
        envelope: { from: from.address, to: [to] },
        subject,
        text,
        html,
        messageId,
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        signal: AbortSignal.timeout(timeouts.attempt),
      });
      return { kind: "sent" };
    } catch (error) {
      const handedOver = texts.get(messageId)?.readableDidRead ?? false;
      return judgeFailure(error, handedOver, credentials === undefined ? [] : [credentials.pass]);
    } finally {
      texts.delete(messageId);
    }
  };
  return {
    async send(mail) {
      const first = await attempt(mail);
      // A connection kept open from earlier mails may just have been closed by the server. Nothing was handed over.
      return first.kind === "trouble" && /connection (was )?closed/i.test(first.words)
        ? attempt(mail)
        : first;
    },
    close() {
      transport.close();
    },
  };
}
