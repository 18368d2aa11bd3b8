/** What is wrong with a pack, said so that a person finds it; ends the verification. */
export class EvidenceDifference extends Error {
  override readonly name = "EvidenceDifference";
}

/** Ends the verification with what differs. */
export function differs(what: string): never {
  throw new EvidenceDifference(what);
}
