import { refuse } from "../../platform/refusal.ts";

/** Local parts of addresses that are no persons. */
export interface KindWords {
  distributionListWords: string[];
  botWords: string[];
}

const mostWords = 500;
/** A dot-atom of RFC 5322 in lower case: what the local part of a canonical email can be. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const longestLocalPart = 64;

/** Both lists in lower case, sorted and without repeats; refuses words no address can have and words in both. */
export function readKindWords(input: KindWords): KindWords {
  const distributionListWords = readWords(input.distributionListWords, "distributionListWords");
  const botWords = readWords(input.botWords, "botWords");
  const both = botWords.filter((word) => distributionListWords.includes(word));
  if (both.length > 0) {
    refuse("INVALID_INPUT", `In both lists: ${both.slice(0, 5).join(", ")}. A word has one meaning.`, {
      field: "botWords",
    });
  }
  return { distributionListWords, botWords };
}

function readWords(words: readonly string[], field: keyof KindWords): string[] {
  if (words.length > mostWords) {
    refuse("TOO_MANY", `At most ${mostWords} words.`, { field });
  }
  const read = words.map((word) => word.trim().toLowerCase());
  const wrong = read.find((word) => word.length > longestLocalPart || !localPart.test(word));
  if (wrong !== undefined) {
    const message = `"${wrong.slice(0, longestLocalPart)}" cannot stand before the @ of an address.`;
    refuse("INVALID_INPUT", message, { field });
  }
  return [...new Set(read)].sort();
}
