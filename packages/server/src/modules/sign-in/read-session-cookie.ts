import { createHmac, timingSafeEqual } from "node:crypto";

/** A signed value as it stands in a cookie: the value, a dot and the base64 of its HMAC-SHA-256. */
const signedValue = /^(.+)\.([A-Za-z0-9+/]{43}=)$/s;

/**
 * The token in the sign-in library's signed cookie; null when there is none, or its signature is not ours. The library
 * reads it the same way, at ten times the cost for each request, most of it for looking the session up by itself.
 */
export function readSessionCookie(header: string, name: string, secret: string): string | null {
  const [, token, signature] = signedValue.exec(valueOf(header, name) ?? "") ?? [];
  if (token === undefined || signature === undefined) {
    return null;
  }
  const expected = createHmac("sha256", secret).update(token).digest();
  return timingSafeEqual(Buffer.from(signature, "base64"), expected) ? token : null;
}

/** The first cookie of that name, decoded. */
function valueOf(header: string, name: string): string | null {
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) {
      const text = pair.slice(equals + 1).trim();
      try {
        return decodeURIComponent(text.startsWith('"') ? text.slice(1, -1) : text);
      } catch {
        return null;
      }
    }
  }
  return null;
}
