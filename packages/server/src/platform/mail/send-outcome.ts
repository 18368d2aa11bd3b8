/** How an attempt to send one mail ended. `words` are what the server or the connection said, fit to be shown. */
export type SendOutcome =
  | { kind: "sent" }
  /** The server refuses this receiver or text for good. */
  | { kind: "bounced"; words: string }
  /** The server refuses this mail for now. */
  | { kind: "deferred"; words: string }
  /** The server cannot be used at the moment, by this mail or any other. */
  | { kind: "trouble"; words: string }
  /** The text was handed over and no answer came. */
  | { kind: "uncertain"; words: string };

/** What nodemailer tells of a failed attempt. */
interface SendError {
  message: string;
  code?: string;
  /** The SMTP command that was answered. */
  command?: string;
  /** The server's answer. */
  response?: string;
  responseCode?: number;
}

const longestWords = 300;
/** The server closes down; every mail would hear it. */
const closingDown = 421;
/** The one refusal of MAIL FROM that is about the mail, its size, and not about the sender. */
const tooLarge = 552;

/**
 * Judges a failed attempt. An answer is always definite: a server that answered 4xx or 5xx did not take the mail.
 * @param handedOver whether any of the text had been read for sending
 */
export function judgeFailure(error: unknown, handedOver: boolean, secrets: readonly string[]): SendOutcome {
  const failure = error as SendError;
  const words = cleanWords(failure.response ?? failure.message, secrets);
  const { responseCode } = failure;
  if (responseCode === undefined || responseCode < 400) {
    return { kind: handedOver ? "uncertain" : "trouble", words };
  }
  if (responseCode === closingDown || !isAboutTheMail(failure)) {
    return { kind: "trouble", words };
  }
  return { kind: responseCode >= 500 && responseCode !== 503 ? "bounced" : "deferred", words };
}

/** What is said before a receiver was named is about us: greeting, encryption, credentials, sender. */
function isAboutTheMail({ command, responseCode }: SendError): boolean {
  return (
    command === "RCPT TO" || command === "DATA" || (command === "MAIL FROM" && responseCode === tooLarge)
  );
}

/** One line without our credentials, whatever the server repeated. */
export function cleanWords(text: string, secrets: readonly string[]): string {
  let words = text;
  for (const secret of secrets) {
    words = words.replaceAll(secret, "[cut]");
  }
  words = words
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replaceAll(/https?:\/\/\S+\/\S{20,}/g, "[address cut]")
    .trim();
  return words.length > longestWords ? `${words.slice(0, longestWords - 1)}…` : words;
}
