/** The three sites of the demo. `source` and `destination` belong to one organization, `other` to a stranger. */
export type SiteRole = "source" | "destination" | "other";

/** A service project of the demo, in the words of the projects file. */
interface DemoProject {
  key: string;
  name: string;
  access: "open" | "restricted";
}

/** A product instance; without a site it is hosted by the organization itself. */
interface DemoProduct {
  kind: string;
  hosting: "CLOUD" | "SERVER";
  name: string;
}

/** A site with what it holds. `urlName` is unique in the whole installation. */
export interface DemoSite {
  role: SiteRole;
  name: string;
  urlName: string;
  products: readonly DemoProduct[];
  projects: readonly DemoProject[];
}

/** An organization with the mail domains it has claimed. */
export interface DemoOrganization {
  name: string;
  domains: readonly string[];
  sites: readonly DemoSite[];
  serverProducts: readonly DemoProduct[];
}

/** The seed of every demo: the same everywhere, so that what one reader sees the next one sees too. */
export const demoSeed = 20_260_704;

/** Customers of the source site unless told otherwise. */
export const demoCustomers = 5000;

// FLEET is missing at the destination and RET has another access there: both show up as checks of a plan.
const sourceProjects: readonly DemoProject[] = [
  { key: "SHIP", name: "Shipment tracking", access: "open" },
  { key: "CLAIM", name: "Claims and damages", access: "open" },
  { key: "BILL", name: "Invoices and billing", access: "restricted" },
  { key: "CUST", name: "Customs desk", access: "restricted" },
  { key: "EDI", name: "EDI and API support", access: "open" },
  { key: "RET", name: "Returns", access: "open" },
  { key: "FLEET", name: "Fleet partners", access: "restricted" },
];

const destinationProjects: readonly DemoProject[] = [
  { key: "SHIP", name: "Shipment tracking", access: "open" },
  { key: "CLAIM", name: "Claims and damages", access: "open" },
  { key: "BILL", name: "Invoices and billing", access: "restricted" },
  { key: "CUST", name: "Customs desk", access: "restricted" },
  { key: "EDI", name: "EDI and API support", access: "open" },
  { key: "RET", name: "Returns", access: "restricted" },
];

const otherProjects: readonly DemoProject[] = [
  { key: "LAB", name: "Laboratory services", access: "open" },
  { key: "DATA", name: "Data requests", access: "restricted" },
  { key: "EQUIP", name: "Equipment booking", access: "open" },
  { key: "SAFE", name: "Safety reports", access: "open" },
  { key: "TRIAL", name: "Trial partners", access: "restricted" },
];

const sites = {
  source: {
    role: "source",
    name: "Northwind Support",
    urlName: "northwind-support",
    products: [
      { kind: "Jira Service Management", hosting: "CLOUD", name: "Customer service" },
      { kind: "Statuspage", hosting: "CLOUD", name: "Network status" },
    ],
    projects: sourceProjects,
  },
  destination: {
    role: "destination",
    name: "Northwind Help",
    urlName: "northwind-help",
    products: [
      { kind: "Jira Service Management", hosting: "CLOUD", name: "Customer help" },
      { kind: "Confluence", hosting: "CLOUD", name: "Knowledge base" },
      { kind: "Opsgenie", hosting: "CLOUD", name: "Operations on-call" },
    ],
    projects: destinationProjects,
  },
  other: {
    role: "other",
    name: "Halden Lab",
    urlName: "halden-lab",
    products: [
      { kind: "Jira Service Management", hosting: "CLOUD", name: "Lab service desk" },
      { kind: "Confluence", hosting: "CLOUD", name: "Lab handbook" },
    ],
    projects: otherProjects,
  },
} as const satisfies Record<SiteRole, DemoSite>;

/** The site in a role. */
export function siteIn(role: SiteRole): DemoSite {
  return sites[role];
}

/** The two organizations. The second one manages accounts of its claimed domains wherever they appear. */
export const demoOrganizations: readonly DemoOrganization[] = [
  {
    name: "Northwind Logistics",
    domains: ["northwind.example"],
    sites: [sites.source, sites.destination],
    serverProducts: [{ kind: "Bitbucket", hosting: "SERVER", name: "Code of the depots" }],
  },
  {
    name: "Halden Research",
    domains: ["halden-research.example", "halden.example"],
    sites: [sites.other],
    serverProducts: [],
  },
];

/** Local parts that name a distribution list or a bot, as every new organization has them. */
export const sharedWords = {
  distributionLists:
    `all all-hands admin billing contact everyone group hello help helpdesk hr info list marketing
    office sales security staff support team users webmaster`.split(/\s+/),
  bots: `automation bot ci daemon do-not-reply mailer-daemon no-reply noreply postmaster robot service
    system`.split(/\s+/),
};
