import { canonicalizeDomain } from "./email-domain.ts";
import { describeLookalikeDomain, findAsciiSkeleton } from "./email-lookalike.ts";

/**
 * What an address is to us. `email` is the one stored form: people are matched by its bytes and mail goes to it.
 * `display` shows an international domain in its own letters, unless that could be mistaken for another domain.
 * `lookalike` is a warning for a person to read and changes nothing. Every `reason` names the cause and the fix.
 * `unsupported` addresses may work as mail addresses but are neither copied nor matched.
 */
export type CanonicalEmail =
  | { status: "ok"; email: string; display: string; lookalike?: string }
  | { status: "unsupported"; reason: string }
  | { status: "invalid"; reason: string };

const TOTAL_LIMIT = 254;
const LOCAL_LIMIT = 64;
/** Beyond this no form of the text can be an address; keeps work per cell small. */
const RAW_LIMIT = 1024;

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOT_ATOM = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`, "i");
/** An address that already stands in its stored form, apart from lengths and A-labels. */
const PLAIN = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\\.)+[a-z]+$`);
const SPACE = /\p{Zs}/u;
/** Controls, line separators, unpaired surrogates and what turns the reading direction around. */
const CONTROLS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** What a mailbox name in another language cannot hold either; joiners are letters of some scripts. */
const NOT_IN_A_NAME = /(?![\u200c\u200d])[\p{C}\p{Z}]/u;
const QUOTED_LOCAL = /^("(?:[^"\\]|\\.)*")@(.*)$/s;

/**
 * Brings an address into its one stored form: outer spaces dropped, ASCII letters in lower case, the domain as
 * A-labels. Tags after a plus and dots in the local part are kept: they can be different mailboxes.
 * Canonical addresses come back unchanged.
 * @param raw the address as it stands in a file, a form or an API call
 */
export function canonicalizeEmail(raw: string): CanonicalEmail {
  // Nearly every address of a large file; the look-ups below cost more than all the rest of its row.
  if (isPlain(raw)) return { status: "ok", email: raw, display: raw };
  const text = dropOuterSpaces(raw);
  const lower = toAsciiLowerCase(text);
  if (isPlain(lower)) return { status: "ok", email: lower, display: lower };
  if (text === "") return invalid("The email is missing. Add the person's address.");
  if (text.length > RAW_LIMIT) return invalid(tooLong());
  const control = CONTROLS.exec(text);
  if (control !== null) {
    return invalid(
      `The email contains an invisible control character (${describeCodePoint(control[0])}). Type the address again without it.`,
    );
  }
  const quoted = QUOTED_LOCAL.exec(lower);
  if (quoted !== null) return judgeQuoted(quoted[1] ?? "", quoted[2] ?? "");
  const shapeFault = findShapeFault(lower);
  if (shapeFault !== null) return invalid(shapeFault);
  const at = lower.indexOf("@");
  return judgeParts(lower.slice(0, at), lower.slice(at + 1));
}

function judgeParts(local: string, writtenDomain: string): CanonicalEmail {
  const localFault = findLocalFault(local);
  if (localFault !== null) return invalid(localFault);
  const domain = canonicalizeDomain(writtenDomain);
  if (!domain.ok) return invalid(domain.reason);
  const email = `${local}@${domain.ascii}`;
  if (email.length > TOTAL_LIMIT) return invalid(tooLong());
  if (!isAscii(local)) return { status: "unsupported", reason: describeForeignLocal(local) };
  const lookalike = describeLookalikeDomain(writtenDomain, domain.ascii, domain.unicode);
  if (lookalike !== undefined) return { status: "ok", email, display: email, lookalike };
  return { status: "ok", email, display: `${local}@${domain.unicode}` };
}

function judgeQuoted(local: string, writtenDomain: string): CanonicalEmail {
  const domain = canonicalizeDomain(writtenDomain);
  if (!domain.ok) return invalid(domain.reason);
  if (Buffer.byteLength(local) > LOCAL_LIMIT) return invalid(localTooLong());
  if (local.length + domain.ascii.length + 1 > TOTAL_LIMIT) return invalid(tooLong());
  return {
    status: "unsupported",
    reason:
      "The part before the @ is in quotes, which we can neither copy nor match. Give the person an address without quotes.",
  };
}

/** Faults of the whole text, before it can be cut at its @. */
function findShapeFault(text: string): string | null {
  const ats = text.split("@").length - 1;
  if (/[<>]/.test(text))
    return "The cell holds a name or brackets beside the address. Write only the address, without < and >.";
  if (/[()]/.test(text))
    return "The email contains a comment in parentheses. Write only the address, without the comment.";
  if (/[,;]/.test(text)) {
    return ats > 1
      ? "The cell holds several addresses. Give one address in each row."
      : "The email contains a comma or semicolon. Write one address without it.";
  }
  if (text.startsWith("mailto:")) return "The email begins with “mailto:”. Write only the address.";
  if (ats === 0) {
    return text.includes("＠")
      ? "The email has a full-width ＠ in place of @. Write a plain @."
      : "The email has no @. Write the whole address, for example name@example.com.";
  }
  if (ats > 1) return "The email has more than one @. Write one address with one @.";
  return null;
}

function findLocalFault(local: string): string | null {
  if (local === "") return "The address has nothing before the @. Write the whole address.";
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) {
    return "The part before the @ begins or ends with a dot or has two dots in a row. Correct the dots, or ask the person for their address.";
  }
  if (SPACE.test(local)) return "The part before the @ contains a space. Remove the space.";
  const hidden = NOT_IN_A_NAME.exec(local);
  if (hidden !== null) {
    return `The part before the @ contains an invisible character (${describeCodePoint(hidden[0])}). Type the address again without it.`;
  }
  if (!DOT_ATOM.test(local.replace(/\P{ASCII}/gu, "a"))) {
    return "The part before the @ contains a character that addresses cannot have, such as a quote, colon, backslash or square bracket. Remove it.";
  }
  return Buffer.byteLength(local) > LOCAL_LIMIT ? localTooLong() : null;
}

function describeForeignLocal(local: string): string {
  const letter = /\P{ASCII}/u.exec(local)?.[0] ?? "";
  const skeleton = findAsciiSkeleton(local);
  const looks = skeleton === null ? "" : ` The address looks like “${skeleton}” but is another one.`;
  return `The part before the @ contains “${letter}” (${describeCodePoint(letter)}), which we can neither copy nor match.${looks} Give the person an address with plain letters before the @.`;
}

function isPlain(text: string): boolean {
  const at = text.indexOf("@");
  // Longer domains, A-labels and what is reserved need the full check.
  return (
    at > 0 &&
    at <= LOCAL_LIMIT &&
    text.length - at - 1 <= 63 &&
    PLAIN.test(text) &&
    !text.includes("xn--", at) &&
    !text.endsWith(".invalid")
  );
}

function isAscii(text: string): boolean {
  return !/\P{ASCII}/u.test(text);
}

/** By a loop, because a pattern for trailing spaces takes quadratic time on a long cell of spaces. */
function dropOuterSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text.charAt(start))) start++;
  while (end > start && SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Lower case for A to Z alone: the full rules turn letters such as the Kelvin sign into ASCII ones. */
function toAsciiLowerCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

function describeCodePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function localTooLong(): string {
  return `The part before the @ is longer than ${LOCAL_LIMIT} characters. Write the person's real address.`;
}

function tooLong(): string {
  return `The email is longer than ${TOTAL_LIMIT} characters. Write the person's real address.`;
}

function invalid(reason: string): CanonicalEmail {
  return { status: "invalid", reason };
}
