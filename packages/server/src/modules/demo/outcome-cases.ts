/** What the destination site has of a person. Accounts come `with-role` or `without-role`. */
export type DestinationShape =
  | "nothing"
  | "portal"
  | "with-role"
  | "without-role"
  | "both"
  | "inactive account"
  | "inactive portal"
  | "inactive account + portal"
  | "inactive portal + with-role";

/** One kind of row in the demo: what stands at the source, what at the destination, and how often. */
export interface OutcomeCase {
  name: string;
  source: "portal" | "account";
  destination: DestinationShape;
  /** People in ten thousand. */
  weight: number;
  /** Where the address, the domain or the row itself is out of the ordinary. */
  special?:
    | "jsmith"
    | "dmurphy"
    | "managed"
    | "other spelling"
    | "international"
    | "look-alike"
    | "accented address"
    | "quoted address"
    | "list by word"
    | "list by kind"
    | "bot by word"
    | "bot by kind"
    | "person by kind"
    | "invalid"
    | "unknown value"
    | "second row"
    | "second type"
    | "inactive"
    | "account elsewhere"
    | "second row at destination";
}

function portal(
  destination: DestinationShape,
  weight: number,
  special?: OutcomeCase["special"],
): OutcomeCase {
  return describe("portal", destination, weight, special);
}

function account(
  destination: DestinationShape,
  weight: number,
  special?: OutcomeCase["special"],
): OutcomeCase {
  return describe("account", destination, weight, special);
}

function describe(
  source: OutcomeCase["source"],
  destination: DestinationShape,
  weight: number,
  special: OutcomeCase["special"],
): OutcomeCase {
  const name = `${source} → ${destination}${special === undefined ? "" : `, ${special}`}`;
  return { name, source, destination, weight, special };
}

/**
 * Every row of the outcome table, with the situations that are easily taken for another one beside it. The
 * first people of a file go through this list once, in order; all others are drawn by weight.
 */
export const outcomeCases: readonly OutcomeCase[] = [
  portal("without-role", 0, "jsmith"),
  account("portal", 0, "dmurphy"),
  portal("nothing", 7048),
  portal("portal", 1080),
  portal("with-role", 250),
  portal("without-role", 180),
  portal("both", 40),
  portal("inactive account", 20),
  portal("inactive portal", 24),
  portal("inactive account + portal", 8),
  portal("inactive portal + with-role", 8),
  portal("with-role", 30, "managed"),
  portal("without-role", 16, "managed"),
  portal("both", 6, "managed"),
  portal("inactive account", 6, "managed"),
  portal("nothing", 30, "managed"),
  portal("portal", 16, "managed"),
  account("nothing", 230),
  account("with-role", 280),
  account("without-role", 130),
  account("portal", 90),
  account("both", 30),
  account("inactive account", 16),
  account("inactive portal", 16),
  account("inactive account + portal", 6),
  account("with-role", 24, "managed"),
  account("without-role", 10, "managed"),
  account("both", 6, "managed"),
  portal("portal", 80, "other spelling"),
  portal("portal", 60, "international"),
  portal("nothing", 40, "account elsewhere"),
  portal("with-role", 16, "second row at destination"),
  portal("nothing", 20, "person by kind"),
  portal("nothing", 16, "look-alike"),
  portal("nothing", 30, "inactive"),
  account("with-role", 14, "inactive"),
  portal("nothing", 12, "accented address"),
  portal("nothing", 6, "quoted address"),
  portal("nothing", 20, "list by word"),
  portal("nothing", 8, "list by kind"),
  portal("nothing", 10, "bot by word"),
  portal("nothing", 6, "bot by kind"),
  portal("nothing", 24, "invalid"),
  portal("nothing", 6, "unknown value"),
  portal("nothing", 24, "second row"),
  portal("nothing", 8, "second type"),
];

/** How many people it takes to go through all of them. */
export const casesInOrder = outcomeCases.length;

/** Somebody about whom nothing is out of the ordinary. */
export const ordinaryCase: OutcomeCase = portal("nothing", 0);

const slots: number[] = outcomeCases.flatMap((outcome, place) => Array<number>(outcome.weight).fill(place));

/** The case at a point between 0 and 1, drawn by weight. */
export function caseAt(point: number): OutcomeCase {
  return outcomeCases[slots[Math.floor(point * slots.length)] ?? 0] as OutcomeCase;
}
