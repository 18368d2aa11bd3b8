import { refuse } from "../../platform/refusal.ts";

const longestName = 100;
const urlNamePattern = /^(?!-)[a-z0-9-]{3,40}(?<!-)$/;

/** The name of a site without outer spaces; refuses an empty one, one over 100 characters, and control characters. */
export function readSiteName(text: string): string {
  const name = text.trim();
  if (name === "" || name.length > longestName || /\p{Cc}/u.test(name)) {
    refuse("INVALID_INPUT", `A site's name has 1 to ${longestName} characters.`, { field: "name" });
  }
  return name;
}

/** The URL name of a site; refuses what cannot be the first label of a host name. */
export function readUrlName(text: string): string {
  const urlName = text.trim();
  if (!urlNamePattern.test(urlName)) {
    const message =
      "A URL name has 3 to 40 lower-case letters, digits and hyphens, and begins and ends with a letter or digit.";
    refuse("INVALID_INPUT", message, { field: "urlName" });
  }
  return urlName;
}
