import { drawBelow, drawChance, drawOne, permute } from "./seeded-draw.ts";
import { lastNames, trades, writeForAddress } from "./names.ts";

/** How a company forms the part before the @ of its addresses. */
type AddressPattern = "first.last" | "first_last" | "last.first" | "flast" | "owner";

/** An employer of customers: its name as the `organizations` cell has it, and its mail domain. */
export interface Company {
  name: string;
  domain: string;
  pattern: AddressPattern;
}

/** Domain whose accounts the second organization manages. */
export const managedCompany: Company = {
  name: "Halden Research",
  domain: "halden-research.example",
  pattern: "first.last",
};

/** A company with letters beyond ASCII in its domain; `asciiDomain` is the same domain as mail servers write it. */
export const internationalCompany: Company & { asciiDomain: string } = {
  name: "Grüner Spedition",
  domain: "grüner-spedition.example",
  asciiDomain: "xn--grner-spedition-0vb.example",
  pattern: "first.last",
};

/** Its second letter is Cyrillic: prints like a large customer's domain and is another one. */
export const lookalikeDomain = "mеridian-freight.example";
export const imitatedCompany: Company = {
  name: "Meridian Freight",
  domain: "meridian-freight.example",
  pattern: "first.last",
};

const largeCompanies: readonly Company[] = [
  imitatedCompany,
  { name: "Alder & Finch Retail", domain: "alderfinch.example", pattern: "first.last" },
  { name: "Aurora Foods", domain: "aurora-foods.example", pattern: "first.last" },
  { name: "Baltic Timber", domain: "baltictimber.example", pattern: "last.first" },
  { name: "Belmont Pharma", domain: "belmont-pharma.example", pattern: "first.last" },
  { name: "Bluewater Shipping", domain: "bluewater-shipping.example", pattern: "first_last" },
  { name: "Cardinal Components", domain: "cardinal-components.example", pattern: "first.last" },
  { name: "Castell Wines", domain: "castell.example", pattern: "first.last" },
  { name: "Corvid Electronics", domain: "corvid-electronics.example", pattern: "last.first" },
  { name: "Delta Harbour Services", domain: "deltaharbour.example", pattern: "first.last" },
  { name: "Evergreen Paper", domain: "evergreenpaper.example", pattern: "first.last" },
  { name: "Fjordline Seafood", domain: "fjordline.example", pattern: "first.last" },
  { name: "Granville Furniture", domain: "granville.example", pattern: "first_last" },
  { name: "Hawthorne Medical", domain: "hawthorne-medical.example", pattern: "first.last" },
  { name: "Ibérica Textil", domain: "iberica-textil.example", pattern: "first.last" },
  { name: "Juniper Home", domain: "juniperhome.example", pattern: "first.last" },
  { name: "Kestrel Aviation Parts", domain: "kestrel-parts.example", pattern: "last.first" },
  { name: "Lumen Optics", domain: "lumenoptics.example", pattern: "first.last" },
  { name: "Maison Verrier", domain: "maison-verrier.example", pattern: "first.last" },
  { name: "Nordhavn Steel", domain: "nordhavn-steel.example", pattern: "first.last" },
  { name: "Okapi Coffee", domain: "okapicoffee.example", pattern: "first_last" },
  { name: "Osprey Outdoor", domain: "osprey-outdoor.example", pattern: "first.last" },
  { name: "Pallas Ceramics", domain: "pallas-ceramics.example", pattern: "first.last" },
  { name: "Quayside Stores", domain: "quayside.example", pattern: "first.last" },
  { name: "Redfern Books", domain: "redfernbooks.example", pattern: "first.last" },
  { name: "Sakura Instruments", domain: "sakura-instruments.example", pattern: "last.first" },
  { name: "Silverlake Solar", domain: "silverlake-solar.example", pattern: "first.last" },
  { name: "Tessera Tiles", domain: "tessera.example", pattern: "first.last" },
  { name: "Umbra Lighting", domain: "umbralighting.example", pattern: "first.last" },
  { name: "Vantage Motors", domain: "vantage-motors.example", pattern: "first_last" },
  { name: "Westbrook Chemicals", domain: "westbrook-chemicals.example", pattern: "last.first" },
  { name: "Zephyr Cycles", domain: "zephyrcycles.example", pattern: "first.last" },
];

/** Where people without a company have their mail. */
const mailProviders: readonly Company[] = [
  { name: "", domain: "postbox.example", pattern: "flast" },
  { name: "", domain: "homemail.example", pattern: "flast" },
];

const inAddress = lastNames.map(writeForAddress);
const purpose = { size: 100, which: 101 } as const;

/** People whose indexes share a group of four work for one company. */
function groupOf(index: number): number {
  return Math.floor(index / 4);
}

/** The company of a person: some half work for large ones, a tenth for nobody, the others for small ones. */
export function companyOf(index: number, seed: number): Company {
  const group = groupOf(index);
  if (drawChance(0.5, seed, group, purpose.size)) return drawOne(largeCompanies, seed, group, purpose.which);
  const isPrivate = drawChance(0.2, seed, index, purpose.size);
  return isPrivate ? drawOne(mailProviders, seed, index, purpose.which) : smallCompanyOf(index, seed);
}

/** A small company that exists once: no other group has its domain. */
export function smallCompanyOf(index: number, seed: number): Company {
  const group = groupOf(index);
  const place = smallCompanyPlace(group, seed);
  const trade = trades[Math.floor(place / lastNames.length)] ?? "";
  const family = lastNames[place % lastNames.length] ?? "";
  const branch = Math.floor(group / (lastNames.length * trades.length));
  const suffix = branch === 0 ? "" : `-${branch + 1}`;
  return {
    name: `${family} ${trade.charAt(0).toUpperCase()}${trade.slice(1)}`,
    domain: `${inAddress[place % lastNames.length]}-${trade}${suffix}.example`,
    pattern: index % 4 === 0 ? "owner" : "first.last",
  };
}

/** The owner of a small company bears its name; `lastNames` index. */
export function ownerNamePlace(index: number, seed: number): number {
  return smallCompanyPlace(groupOf(index), seed) % lastNames.length;
}

function smallCompanyPlace(group: number, seed: number): number {
  const places = lastNames.length * trades.length;
  return permute(group % places, places, seed + 1);
}

/** A word such as `support` for a shared address; people of one group never get the same one. */
export function pickSharedWord(words: readonly string[], index: number, seed: number): string {
  const start = drawBelow(words.length, seed, groupOf(index), purpose.which);
  return words[(start + (index % 4)) % words.length] ?? "";
}
