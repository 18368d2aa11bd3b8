/**
 * Characters that print like one ASCII character, by the ASCII character they look like. A small part of the
 * confusables of Unicode TS 39: what is allowed in domain names and reads the same in common fonts.
 */
const LOOK_ALIKES: ReadonlyArray<readonly [ascii: string, characters: string]> = [
  ["a", "аɑα"],
  ["b", "ьƅ"],
  ["c", "сϲᴄ"],
  ["d", "ԁ"],
  ["e", "еҽ"],
  ["f", "ƒք"],
  ["g", "ɡց"],
  ["h", "һհ"],
  ["i", "іıɩι"],
  ["j", "јϳյ"],
  ["k", "кκĸ"],
  ["l", "ӏǀ"],
  ["m", "мᴍ"],
  ["n", "ոռ"],
  ["o", "оοօσᴏჿ"],
  ["p", "рρ"],
  ["q", "ԛգզ"],
  ["r", "гᴦⲅ"],
  ["s", "ѕꜱƽ"],
  ["t", "тτᴛ"],
  ["u", "υսᴜʋ"],
  ["v", "νѵᴠ"],
  ["w", "ԝѡաᴡɯω"],
  ["x", "хχ"],
  ["y", "уүγყʏɣ"],
  ["z", "ᴢ"],
  ["3", "зӡʒȝ"],
  ["6", "б"],
  ["-", "‐‑‒–—―ー"],
];

const ASCII_OF = new Map(
  LOOK_ALIKES.flatMap(([ascii, characters]) =>
    Array.from(characters, (character) => [character, ascii] as const),
  ),
);

const LATIN = /\p{Script=Latin}/u;
const LOOKS_LATIN =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Coptic}\p{Script=Georgian}]/u;

/**
 * The ASCII text that `text` looks like, or null where some character looks like no ASCII character.
 * ASCII characters look like themselves.
 */
export function findAsciiSkeleton(text: string): string | null {
  let skeleton = "";
  for (const character of text) {
    const ascii = character <= "\u007f" ? character : ASCII_OF.get(character);
    if (ascii === undefined) return null;
    skeleton += ascii;
  }
  return skeleton;
}

/**
 * A warning when a domain can be mistaken for another one, else undefined. Never changes what the address is.
 * @param written the domain as it stood in the file
 * @param ascii its A-label form
 * @param unicode its U-label form
 */
export function describeLookalikeDomain(written: string, ascii: string, unicode: string): string | undefined {
  if (ascii === unicode) {
    return /\P{ASCII}/u.test(written)
      ? `The domain is written with characters that only look like ASCII or are invisible. It was read as ${ascii}; check that this is the domain meant.`
      : undefined;
  }
  const skeleton = findAsciiSkeleton(unicode);
  if (skeleton !== null) {
    return `The domain ${ascii} looks like ${skeleton} but is another domain. Check that it is the one meant.`;
  }
  if (unicode.split(".").some((label) => LATIN.test(label) && LOOKS_LATIN.test(label))) {
    return `The domain ${ascii} mixes letters of several alphabets that look alike. Check that it is the one meant.`;
  }
  return undefined;
}
