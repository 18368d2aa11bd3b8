import { describe, expect, it, test } from "vitest";
import { canonicalizeEmail } from "../../packages/server/src/modules/directory/index.ts";
import { EMAIL_PAIRS } from "./email-pairs.fixture.ts";

const show = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** The stored form, or the status that says why there is none. */
function store(text: string): string {
  const judged = canonicalizeEmail(text);
  return judged.status === "ok" ? judged.email : judged.status;
}

describe("pairs of addresses", () => {
  it("are four hundred and more, of every label, each written once", () => {
    const labels = ["same", "different", "reject"].map((label) =>
      EMAIL_PAIRS.filter((pair) => pair[2] === label),
    );
    expect(EMAIL_PAIRS.length).toBeGreaterThanOrEqual(400);
    expect(labels.every((pairs) => pairs.length >= 100)).toBe(true);
    expect(new Set(EMAIL_PAIRS.map(([one, other]) => `${one}\n${other}`)).size).toBe(EMAIL_PAIRS.length);
  });

  test.each(EMAIL_PAIRS.map((pair, index) => [index + 1, show(pair[0]), show(pair[1]), pair] as const))(
    "%i: %s and %s are what their label says, each in its stored form",
    (_number, _one, _other, [one, other, label, stored, otherStored]) => {
      expect([store(one), store(other)]).toEqual([stored, otherStored]);
      const isStored = [stored, otherStored].every((form) => form.includes("@"));
      expect(label).toBe(!isStored ? "reject" : stored === otherStored ? "same" : "different");
      for (const form of [stored, otherStored].filter((text) => text.includes("@"))) {
        expect(store(form)).toBe(form);
      }
    },
  );
});
