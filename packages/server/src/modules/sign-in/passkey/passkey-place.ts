import { isIP } from "node:net";
import type { PasskeyPlace } from "../sign-in-parts.ts";

const loopbackAddresses = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Where passkeys of a server belong. Browsers make them for domain names over https, and for localhost: a server on a
 * loopback address has them at `http://localhost`, one on any other address or without https has none.
 */
export function findPasskeyPlace(baseUrl: string): PasskeyPlace | null {
  const url = new URL(baseUrl);
  if (loopbackAddresses.has(url.hostname)) {
    const port = url.port === "" ? "" : `:${url.port}`;
    return { rpId: "localhost", origin: `${url.protocol}//localhost${port}` };
  }
  const isAddress = url.hostname.startsWith("[") || isIP(url.hostname) !== 0;
  return url.protocol !== "https:" || isAddress ? null : { rpId: url.hostname, origin: url.origin };
}
