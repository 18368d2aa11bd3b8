import {
  companyOf,
  internationalCompany,
  lookalikeDomain,
  imitatedCompany,
  managedCompany,
  ownerNamePlace,
  smallCompanyOf,
  type Company,
} from "./companies.ts";
import { firstNames, lastNames, writeForAddress, writeInAscii } from "./names.ts";
import { caseAt, outcomeCases, type OutcomeCase } from "./outcome-cases.ts";
import { drawBelow, drawChance, drawNumber, drawOne, permute } from "./seeded-draw.ts";

/** A person of the demo, before any row is written about them. `index` is unique and makes the address unique. */
export interface Person {
  index: number;
  outcome: OutcomeCase;
  /** Canonical where the case is an ordinary one. */
  email: string;
  /** With accents, first name first. */
  name: string;
  company: Company;
}

interface NamedPerson {
  first: string;
  middle: string;
  last: string;
  /** Comes after the last name in an address when the names alone would repeat. */
  suffix: string;
}

const purpose = { case: 1, firstName: 2, accented: 3, display: 4 } as const;
const middleInitials = "abcdefghijklmnoprstvw";
// Written once: taking accents off for every person would be half the work of making one.
const inAddress = new Map([...firstNames, ...lastNames].map((name) => [name, writeForAddress(name)]));
const accentedFirstNames = firstNames.filter((name) => name !== writeInAscii(name));

const namedPeople: readonly Pick<Person, "email" | "name" | "company">[] = [
  {
    email: "jsmith@abc.com",
    name: "Jordan Smith",
    company: { name: "ABC Components", domain: "abc.com", pattern: "flast" },
  },
  {
    email: "dmurphy@xyz.com",
    name: "Deirdre Murphy",
    company: { name: "XYZ Retail", domain: "xyz.com", pattern: "flast" },
  },
];

/** The person with this index. Indexes below the number of cases go through the outcome table once. */
export function personAt(index: number, seed: number, outcome: OutcomeCase = caseOf(index, seed)): Person {
  const fixed = namedPeople[index];
  if (fixed !== undefined) return { index, outcome, ...fixed };
  const company = companyFor(index, outcome, seed);
  const named = namesOf(index, company, seed);
  const email = `${writeLocalPart(named, company)}@${company.domain}`;
  return { index, outcome, email, name: joinNames(named), company };
}

/** The case alone, which costs less than the whole person. */
export function caseOf(index: number, seed: number): OutcomeCase {
  return outcomeCases[index] ?? caseAt(drawNumber(seed, index, purpose.case) / 0x1_0000_0000);
}

/** The name as one system shows it: a few last name first, a few without accents, a few empty. */
export function displayName(person: Person, seed: number): string {
  if (person.index < namedPeople.length) return person.name;
  const draw = drawBelow(100, seed, person.index, purpose.display);
  if (draw < 1) return "";
  if (draw < 6) return writeInAscii(person.name);
  if (draw >= 9) return person.name;
  const space = person.name.indexOf(" ");
  return `${person.name.slice(space + 1)}, ${person.name.slice(0, space)}`;
}

/** An address with a letter beyond ASCII before the @, which nothing can match, and the name to it. */
export function accentedAddress(person: Person, seed: number): { email: string; name: string } {
  const first = drawOne(accentedFirstNames, seed, person.index, purpose.accented);
  const family = person.email.slice(person.email.indexOf(".") + 1);
  return {
    email: `${first.toLowerCase()}.${family}`,
    name: `${first} ${person.name.slice(person.name.indexOf(" ") + 1)}`,
  };
}

/** A broken form of the person's address, another one for each index in turn. */
export function brokenAddress(person: Person): string {
  const [local = "", domain = ""] = person.email.split("@");
  const forms = [
    `${local}.${domain}`,
    `${local.replace(".", "..")}@${domain}`,
    `${local}@${domain.split(".")[0]}`,
    `${local.replace(".", " ")}@${domain}`,
    `${local}@@${domain}`,
    `${person.name} <${person.email}>`,
  ];
  return forms[person.index % forms.length] ?? "";
}

function companyFor(index: number, outcome: OutcomeCase, seed: number): Company {
  switch (outcome.special) {
    case "managed":
      return managedCompany;
    case "international":
      return internationalCompany;
    case "look-alike":
      return { ...imitatedCompany, domain: lookalikeDomain };
    case "accented address":
    case "quoted address":
    case "invalid":
      // Their forms need a first and a last name before the @.
      return { ...smallCompanyOf(index, seed), pattern: "first.last" };
    case "list by word":
    case "list by kind":
    case "bot by word":
    case "bot by kind":
    case "person by kind":
      // A shared word before the @ is unique only where the domain is.
      return smallCompanyOf(index, seed);
    default:
      return companyOf(index, seed);
  }
}

function namesOf(index: number, company: Company, seed: number): NamedPerson {
  if (company.pattern === "flast") {
    const last = lastNames[permute(index % lastNames.length, lastNames.length, seed + 2)] ?? "";
    const times = Math.floor(index / lastNames.length);
    const first = drawOne(firstNames, seed, index, purpose.firstName);
    return { first, middle: "", last, suffix: times === 0 ? "" : `${times + 1}` };
  }
  const pairs = firstNames.length * lastNames.length;
  const pair = permute(index % pairs, pairs, seed + 3);
  const first = firstNames[pair % firstNames.length] ?? "";
  const last = lastNames[Math.floor(pair / firstNames.length)] ?? "";
  if (company.pattern === "owner") {
    return { first, middle: "", last: lastNames[ownerNamePlace(index, seed)] ?? "", suffix: "" };
  }
  const round = Math.floor(index / pairs);
  const middle = round === 0 ? "" : (middleInitials[round - 1] ?? "");
  return { first, middle, last, suffix: round > middleInitials.length ? `${round}` : "" };
}

function writeLocalPart({ first, middle, last, suffix }: NamedPerson, company: Company): string {
  const given = inAddress.get(first) ?? "";
  const family = (inAddress.get(last) ?? "") + suffix;
  switch (company.pattern) {
    case "owner":
      return given;
    case "flast":
      return given.charAt(0) + family;
    case "last.first":
      return [family, middle, given].filter((part) => part !== "").join(".");
    case "first_last":
      return [given, middle, family].filter((part) => part !== "").join("_");
    case "first.last":
      return [given, middle, family].filter((part) => part !== "").join(".");
  }
}

function joinNames({ first, middle, last }: NamedPerson): string {
  return middle === "" ? `${first} ${last}` : `${first} ${middle.toUpperCase()}. ${last}`;
}

/** True for about `share` of all people, the same ones each time; `topic` keeps questions apart. */
export function isOneOf(share: number, index: number, seed: number, topic: number): boolean {
  return drawChance(share, seed, index, 1000 + topic);
}
