import { commonPasswordText } from "./frequent-passwords.ts";

/** Shortest password accepted where no second factor is asked for (ASVS 5.0, 6.2.1). In characters. */
export const minPasswordLength = 15;
/** Shortest password accepted where two-step sign-in is on. */
export const minLengthWithTwoStep = 8;
/** Longest password accepted. */
export const maxPasswordLength = 128;

/** What a new password is measured against. */
export interface PasswordRules {
  hasTwoStep: boolean;
  /** What others know of the person: names, parts of the email, the organization's name. */
  contextWords: readonly string[];
}

/** Why a password is not accepted. `code` for programs, `message` for people. */
export interface PasswordProblem {
  code: "PASSWORD_TOO_SHORT" | "PASSWORD_TOO_LONG" | "PASSWORD_COMMON" | "PASSWORD_GUESSABLE";
  message: string;
}

const commonPasswords: ReadonlySet<string> = new Set(commonPasswordText.split(" "));
/** The shortest word a password is searched for; "Al" is in too many of them. */
const shortestWord = 3;

/** Characters as people count them, not units of UTF-16. */
export function countCharacters(password: string): number {
  return [...password].length;
}

/** What is wrong with a password's length; null when nothing is. */
export function findLengthProblem(password: string, hasTwoStep: boolean): PasswordProblem | null {
  const length = countCharacters(password);
  const least = hasTwoStep ? minLengthWithTwoStep : minPasswordLength;
  if (length < least) {
    const advice = hasTwoStep ? "" : " Several words in a row are easy to remember.";
    return {
      code: "PASSWORD_TOO_SHORT",
      message: `Use at least ${least} characters; this has ${length}.${advice}`,
    };
  }
  return length > maxPasswordLength
    ? {
        code: "PASSWORD_TOO_LONG",
        message: `Use at most ${maxPasswordLength} characters; this has ${length}.`,
      }
    : null;
}

/**
 * What is wrong with a new password; null when it may be used. No rules of composition: length, and nothing that
 * somebody guessing would try early.
 */
export function findPasswordProblem(password: string, rules: PasswordRules): PasswordProblem | null {
  const wrongLength = findLengthProblem(password, rules.hasTwoStep);
  if (wrongLength !== null) {
    return wrongLength;
  }
  const folded = fold(password);
  if (isCommon(folded)) {
    return {
      code: "PASSWORD_COMMON",
      message: "This is among the passwords that attackers try first. Choose another one.",
    };
  }
  if (isRepetitive(folded)) {
    return {
      code: "PASSWORD_GUESSABLE",
      message: "This repeats or counts through a few characters. Choose something less regular.",
    };
  }
  const word = findDominantWord(folded, rules);
  return word === null
    ? null
    : {
        code: "PASSWORD_GUESSABLE",
        message: `Apart from “${word}”, which others know of you, too little is left. Leave it out or add more.`,
      };
}

/** The words of a text that a password is searched for. */
export function splitWords(text: string): string[] {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words)].filter((word) => [...word].length >= shortestWord);
}

/** One form for letters that look alike, in either case. */
function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** On the list, with digits and signs around it or not, or two of the list in a row. */
function isCommon(folded: string): boolean {
  const core = folded.replaceAll(/^[^\p{L}]{1,4}|[^\p{L}]{1,4}$/gu, "");
  if (commonPasswords.has(folded) || commonPasswords.has(core)) {
    return true;
  }
  for (let at = 4; at <= folded.length - 4; at += 1) {
    if (commonPasswords.has(folded.slice(0, at)) && commonPasswords.has(folded.slice(at))) {
      return true;
    }
  }
  return false;
}

/** A short piece over and over ("abcabcabc…"), or characters that count up or down. */
function isRepetitive(folded: string): boolean {
  const characters = [...folded];
  for (let period = 1; period < 8 && period * 2 <= characters.length; period += 1) {
    if (characters.every((character, at) => character === characters[at % period])) {
      return true;
    }
  }
  const steps = characters.slice(1).map((character, at) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[at]?.codePointAt(0) ?? 0);
    // 9 is followed by 0, and the other way round.
    return step === -9 || step === 9 ? -Math.sign(step) : step;
  });
  return steps.every((step) => step === steps[0] && Math.abs(step) === 1);
}

/** The longest known word of a password that is little without the known words; null when enough is left. */
function findDominantWord(folded: string, { hasTwoStep, contextWords }: PasswordRules): string | null {
  const known = [...new Set(contextWords.flatMap(splitWords))].toSorted((a, b) => b.length - a.length);
  const found = known.filter((word) => folded.includes(word));
  const rest = found.reduce((left, word) => left.replaceAll(word, ""), folded);
  const least = (hasTwoStep ? minLengthWithTwoStep : minPasswordLength) / 2;
  const isEnough = countCharacters(rest.replaceAll(/[^\p{L}\p{N}]/gu, "")) > least;
  return isEnough ? null : (found[0] ?? null);
}
