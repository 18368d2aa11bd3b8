import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalizeEmail } from "../../packages/server/src/modules/directory/canonical-email.ts";
import { DIFFERENT, HARMLESS, INVALID, LOOK_ALIKES, SAME, UNSUPPORTED } from "./emails.fixture.ts";

const show = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

function storedForm(text: string): string {
  const judged = canonicalizeEmail(text);
  if (judged.status !== "ok") throw new Error(`${show(text)} was judged ${judged.status}: ${judged.reason}`);
  return judged.email;
}

describe("two ways to write one address", () => {
  test.each(SAME.map((row) => [show(row[0]), show(row[1]), row] as const))(
    "%s and %s are one",
    (_one, _other, row) => {
      expect(storedForm(row[0])).toBe(row[2]);
      expect(storedForm(row[1])).toBe(row[2]);
    },
  );
});

test("an address in its stored form is judged as with a space before it, which takes the long way", () => {
  const part = fc.string({
    unit: fc.constantFrom("a", "Z", "0", "-", ".", "+", "@", "ü", "xn--", "_"),
    maxLength: 8,
  });
  const longPart = fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 55, maxLength: 70 });
  const name = fc.oneof(part, longPart);
  fc.assert(
    fc.property(name, name, fc.constantFrom("example", "com", "0x1", "12", ""), (local, domain, end) => {
      const raw = `${local}@${domain}.${end}`;
      expect(canonicalizeEmail(raw)).toEqual(canonicalizeEmail(` ${raw}`));
      // A second time, when the domain was judged before.
      expect(canonicalizeEmail(raw)).toEqual(canonicalizeEmail(raw));
    }),
    { numRuns: 2000 },
  );
});

describe("two addresses", () => {
  test.each(DIFFERENT.map((row) => [show(row[0]), show(row[1]), row] as const))(
    "%s is not %s",
    (_one, _other, row) => {
      expect(storedForm(row[0])).not.toBe(storedForm(row[1]));
    },
  );
});

describe("addresses that are neither copied nor matched", () => {
  test.each(UNSUPPORTED.map((row) => [show(row[0]), row] as const))(
    "%s is unsupported",
    (_name, [address, reason]) => {
      expect(canonicalizeEmail(address)).toEqual({
        status: "unsupported",
        reason: expect.stringMatching(reason),
      });
    },
  );
});

describe("what is no address", () => {
  test.each(INVALID.map((row) => [show(row[0]), row] as const))("%s is invalid", (_name, [text, reason]) => {
    expect(canonicalizeEmail(text)).toEqual({ status: "invalid", reason: expect.stringMatching(reason) });
  });

  test("every reason is one or more whole sentences that say what to do", () => {
    for (const [text] of [...INVALID, ...UNSUPPORTED]) {
      const judged = canonicalizeEmail(text);
      if (judged.status === "ok") throw new Error(`${show(text)} was accepted`);
      expect(judged.reason).toMatch(/^[A-Z].*\. .*(Write|Add|Give|Remove|Type|Correct).*\.$/);
    }
  });
});

describe("look-alikes", () => {
  test.each(LOOK_ALIKES.map((row) => [show(row[0]), row] as const))(
    "%s warns",
    (_name, [address, stored, warning]) => {
      expect(canonicalizeEmail(address)).toEqual({
        status: "ok",
        email: stored,
        display: stored,
        lookalike: expect.stringMatching(warning),
      });
    },
  );

  test.each(HARMLESS.map((row) => [show(row[0]), row] as const))(
    "%s does not",
    (_name, [address, display]) => {
      expect(canonicalizeEmail(address)).toEqual({ status: "ok", email: expect.any(String), display });
    },
  );
});

describe("any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "a",
      "Z",
      "0",
      "-",
      "--",
      ".",
      "@",
      "+",
      "xn--",
      "ü",
      "ß",
      "а",
      "。",
      "ｅ",
      "\u00ad",
      "\u200d",
      " ",
    ),
    fc.constantFrom(
      '"',
      "\\",
      "(",
      ")",
      "<",
      ",",
      ";",
      "[",
      "]",
      "\t",
      "\u202e",
      "\u0300",
      "א",
      "١",
      "K",
      "İ",
      "ſ",
    ),
    fc.string({ unit: "binary", maxLength: 2 }),
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    fc
      .tuple(fc.array(piece, { maxLength: 5 }), fc.array(piece, { minLength: 1, maxLength: 8 }))
      .map(([local, domain]) => `a${local.join("")}@${domain.join("")}.com`),
    fc.emailAddress(),
    fc.string({ unit: "binary" }),
  );

  test("the stored form is stored unchanged, and so is its display", () => {
    fc.assert(
      fc.property(text, (raw) => {
        const judged = canonicalizeEmail(raw);
        if (judged.status !== "ok") return;
        expect(canonicalizeEmail(judged.email)).toMatchObject({ status: "ok", email: judged.email });
        expect(canonicalizeEmail(judged.display)).toMatchObject({ status: "ok", email: judged.email });
      }),
      { numRuns: 5000 },
    );
  });

  test("a stored form is ASCII in lower case, with one @, within the limits", () => {
    fc.assert(
      fc.property(text, (raw) => {
        const judged = canonicalizeEmail(raw);
        if (judged.status !== "ok") return;
        expect(judged.email).toMatch(/^[!-?^-~]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}$/);
        expect(judged.email.length).toBeLessThanOrEqual(254);
      }),
      { numRuns: 5000 },
    );
  });

  test("ASCII case and outer spaces never matter", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("", " ", "\u00a0"), (raw, space) => {
        const judged = canonicalizeEmail(raw);
        const upper = raw.replace(/[a-z]/g, (letter) => letter.toUpperCase());
        expect(canonicalizeEmail(`${space}${upper}${space}`)).toMatchObject(
          judged.status === "ok" ? { status: "ok", email: judged.email } : { status: judged.status },
        );
      }),
      { numRuns: 3000 },
    );
  });

  test("plain addresses keep every character of their local part", () => {
    const local = fc.stringMatching(/^[a-z0-9+_]{1,20}(\.[a-z0-9+_]{1,20}){0,2}$/);
    fc.assert(
      fc.property(local, (name) => {
        expect(storedForm(`${name}@example.com`)).toBe(`${name}@example.com`);
      }),
    );
  });

  test("a long cell is judged quickly", () => {
    const start = performance.now();
    for (const filler of [" ", "a", "-", ".", "@", '"', "ü", "a-", "xn--"]) {
      expect(canonicalizeEmail(`a@${filler.repeat(60_000)}x.com`).status).toBe("invalid");
      expect(canonicalizeEmail(`x${filler.repeat(60_000)}x@x.com`).status).toBe("invalid");
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
