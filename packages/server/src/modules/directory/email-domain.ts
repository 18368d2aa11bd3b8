import { toASCII, toUnicode } from "tr46";

/** A mail domain in its one stored form, or a sentence that says why it is none and what to change. */
export type CanonicalDomain =
  | { readonly ok: true; readonly ascii: string; readonly unicode: string }
  | { readonly ok: false; readonly reason: string };

const LABEL_LIMIT = 63;
const DOMAIN_LIMIT = 253;
const HOST_NAME = /^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/;

/**
 * UTS-46, non-transitional, by tr46 and not by node's `domainToASCII`, which decodes %61, reads 0x7f.1 as an
 * IPv4 address and differs between Node versions. Hyphens are checked below instead of by `checkHyphens`,
 * which would refuse working names such as `ab--cd.example`.
 */
const PROCESSING = {
  checkBidi: true,
  checkHyphens: false,
  checkJoiners: true,
  ignoreInvalidPunycode: false,
  transitionalProcessing: false,
  useSTD3ASCIIRules: true,
} as const;

/** Domains that were judged, because the people of one company stand in one file; forgotten all at once when full. */
const judged = new Map<string, CanonicalDomain>();
const JUDGED_LIMIT = 1000;

/** Brings the part after the @ into its one stored form: lower case, A-labels, two labels or more. */
export function canonicalizeDomain(written: string): CanonicalDomain {
  const known = judged.get(written);
  if (known !== undefined) return known;
  const domain = judgeDomain(written);
  // A longer text is no domain, and would fill the memory.
  if (written.length <= DOMAIN_LIMIT) {
    if (judged.size >= JUDGED_LIMIT) judged.clear();
    // A copy, because a part of a text keeps the whole text in memory.
    judged.set(Buffer.from(written).toString(), domain);
  }
  return domain;
}

function judgeDomain(written: string): CanonicalDomain {
  if (written === "")
    return refuse("The address has nothing after the @. Add the domain, for example example.com.");
  if (written.startsWith("[")) return refuseIpAddress();
  const forbidden = /(?![a-zA-Z0-9.-])\p{ASCII}/u.exec(written);
  if (forbidden !== null) {
    return refuse(
      `The domain contains ${forbidden[0] === " " ? "a space" : `“${forbidden[0]}”`}, which no mail domain can contain. Write the domain with letters, digits, hyphens and dots only.`,
    );
  }
  const ascii = toASCII(written, PROCESSING);
  if (ascii === null) {
    return refuse("The domain is not a valid internet domain name. Write it as its owner publishes it.");
  }
  const fault = findHostNameFault(ascii);
  if (fault !== null) return fault;
  // A form that would change when read again could make one person two.
  if (toASCII(ascii, PROCESSING) !== ascii) {
    return refuse("The domain has no single written form. Write it as its owner publishes it.");
  }
  return { ok: true, ascii, unicode: toUnicode(ascii, PROCESSING).domain };
}

function findHostNameFault(ascii: string): CanonicalDomain | null {
  const labels = ascii.split(".");
  if (labels.includes("")) {
    return refuse("The domain begins or ends with a dot or has two dots in a row. Remove the extra dot.");
  }
  if (ascii.length > DOMAIN_LIMIT) {
    return refuse(`The domain is longer than ${DOMAIN_LIMIT} characters. Write the person's real address.`);
  }
  if (labels.some((label) => label.length > LABEL_LIMIT)) {
    return refuse(
      `A part of the domain is longer than ${LABEL_LIMIT} characters. Write the person's real address.`,
    );
  }
  if (!HOST_NAME.test(ascii)) {
    return refuse("A part of the domain begins or ends with a hyphen. Remove that hyphen.");
  }
  if (labels.length < 2) {
    return refuse("The domain has no dot. Write the whole domain, for example example.com.");
  }
  const last = labels.at(-1) ?? "";
  // Reserved by RFC 2606 as the one that nobody has; accounts for programs live there.
  if (last === "invalid") {
    return refuse("The domain ends in .invalid, which no address can have. Write the person's real address.");
  }
  // Programs read a last part like these as a piece of an IP address.
  if (/^[0-9-]+$/.test(last) || /^0x[0-9a-f]*$/.test(last)) return refuseIpAddress();
  return null;
}

function refuseIpAddress(): CanonicalDomain {
  return refuse(
    "The address names a machine by its IP address. Write an address with a domain, for example example.com.",
  );
}

function refuse(reason: string): CanonicalDomain {
  return { ok: false, reason };
}
