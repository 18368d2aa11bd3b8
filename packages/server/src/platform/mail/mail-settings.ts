/** A sender as receivers see it. */
export interface MailSender {
  name: string;
  address: string;
}

/** A mail server and whom its mail is from. */
export interface MailSettings {
  /** Host and port, for logs and the database; never the credentials. */
  name: string;
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** Whether nothing is sent unless the connection is encrypted and the certificate is right. */
  requireTls: boolean;
  credentials: { user: string; pass: string } | undefined;
  from: MailSender;
}

/** One plain address of ASCII letters, as the outbox takes it; the domain is a name, lower-case. */
const plainAddress = /^[!#-'*+./0-9=?A-Z^-~-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const longestAddress = 254;
const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether this is one plain address and nothing else: no list, name, comment, quote or line break. */
export function isPlainAddress(text: string): boolean {
  return text.length <= longestAddress && plainAddress.test(text);
}

/**
 * Reads SMTP_URL and REHOME_MAIL_FROM. The message of an error never repeats the address: it may hold a password.
 * @throws Error that names the setting and how to write it
 */
export function readMailSettings(url: string, from: string | undefined): MailSettings {
  const example = "smtp://user:password@mail.example.com:587";
  if (!URL.canParse(url)) {
    throw new Error(`SMTP_URL: is not an address such as ${example}`);
  }
  const parsed = new URL(url);
  if (!["smtp:", "smtps:"].includes(parsed.protocol) || parsed.hostname === "") {
    throw new Error(`SMTP_URL: begins with smtp:// or smtps:// and a host, such as ${example}`);
  }
  const secure = parsed.protocol === "smtps:";
  const requireTls = readTls(parsed);
  const port = parsed.port === "" ? (secure ? 465 : 587) : Number(parsed.port);
  if (from === undefined) {
    throw new Error(
      'REHOME_MAIL_FROM: is needed with SMTP_URL; it names the sender, such as "Rehome <rehome@example.com>"',
    );
  }
  return {
    name: `${parsed.hostname}:${port}`,
    host: parsed.hostname.replaceAll(/^\[|\]$/g, ""),
    port,
    secure,
    requireTls,
    credentials: readCredentials(parsed),
    from: readSender(from),
  };
}

/** Off this machine, mail and credentials travel encrypted unless the operator says otherwise. */
function readTls({ searchParams, hostname, protocol }: URL): boolean {
  const unknown = [...searchParams.keys()].filter((name) => name !== "tls");
  const tls = searchParams.get("tls");
  if (unknown.length > 0 || (tls !== null && tls !== "optional")) {
    throw new Error("SMTP_URL: may end in ?tls=optional and in nothing else");
  }
  return protocol === "smtps:" || (tls === null && !loopbackHosts.has(hostname));
}

function readCredentials({ username, password }: URL): MailSettings["credentials"] {
  if (username === "") {
    return undefined;
  }
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    throw new Error("SMTP_URL: write a % in the user or password as %25");
  }
}

function readSender(text: string): MailSender {
  const [, name = "", bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const address = (bracketed ?? text).trim();
  const [local = "", domain = ""] = address.split("@");
  const plain = `${local}@${domain.toLowerCase()}`;
  if (address.split("@").length !== 2 || !isPlainAddress(plain) || /[\p{Cc}",;:]/u.test(name)) {
    throw new Error(
      'REHOME_MAIL_FROM: is one address, or a name and one, such as "Rehome <rehome@example.com>"',
    );
  }
  return { name: name.trim(), address: plain };
}
