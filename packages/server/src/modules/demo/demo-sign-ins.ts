import type { Role } from "../sign-in/index.ts";
import type { SiteRole } from "./demo-world.ts";

/** Where a demo sign-in holds its role: a site, or a product of the first organization by its name. */
interface DemoGrant {
  role: Role;
  site?: SiteRole;
  product?: string;
}

/** A way into the demo, as the sign-in page offers it. `role` and `about` are for people to read. */
export interface DemoSignIn {
  name: string;
  email: string;
  role: string;
  organization: string;
  password: string;
  about: string;
}

/** Somebody who can sign in, with the roles they hold in their organization. */
export interface DemoPerson extends Omit<DemoSignIn, "password"> {
  grants: readonly DemoGrant[];
}

/** The one passphrase of all demo sign-ins. They exist only where nobody but the reader can reach the server. */
const password = "rehome-demo-2026";

const northwind = "Northwind Logistics";
const halden = "Halden Research";

/** Everybody who can sign in to the demo, in the order a tour would take. */
export const demoPeople: readonly DemoPerson[] = [
  {
    name: "Nadia Okafor",
    email: "nadia.okafor@northwind.example",
    role: "Organization admin",
    organization: northwind,
    about: "Sees both sites of Northwind Logistics, plans and approves migrations, reads the audit log.",
    grants: [{ role: "ORGANIZATION_ADMIN" }],
  },
  {
    name: "Tomás Reyes",
    email: "tomas.reyes@northwind.example",
    role: "Site admin of both sites",
    organization: northwind,
    about: "Uploads the files, runs the copy from Northwind Support to Northwind Help and watches it.",
    grants: [
      { role: "SITE_ADMIN", site: "source" },
      { role: "SITE_ADMIN", site: "destination" },
    ],
  },
  {
    name: "Ingrid Holm",
    email: "ingrid.holm@northwind.example",
    role: "Site admin of Northwind Help",
    organization: northwind,
    about: "Administers the destination alone: reviews imported groups and upgrades duplicates there.",
    grants: [{ role: "SITE_ADMIN", site: "destination" }],
  },
  {
    name: "Marek Dvořák",
    email: "marek.dvorak@northwind.example",
    role: "Product owner of Network status",
    organization: northwind,
    about: "Owns one product and administers no site, so copying customers is closed to him.",
    grants: [{ role: "PRODUCT_OWNER", product: "Network status" }],
  },
  {
    name: "Jordan Smith",
    email: "jsmith@abc.com",
    role: "Member",
    organization: northwind,
    about:
      "Portal-only on Northwind Support; an Atlassian account without the Customer role on Northwind Help.",
    grants: [{ role: "MEMBER" }],
  },
  {
    name: "Deirdre Murphy",
    email: "dmurphy@xyz.com",
    role: "Member",
    organization: northwind,
    about:
      "Atlassian account on Northwind Support; portal-only on Northwind Help, with earlier requests there.",
    grants: [{ role: "MEMBER" }],
  },
  {
    name: "Astrid Halvorsen",
    email: "astrid.halvorsen@halden-research.example",
    role: "Organization admin",
    organization: halden,
    about: "A stranger to Northwind Logistics: finds nothing of it anywhere.",
    grants: [{ role: "ORGANIZATION_ADMIN" }],
  },
];

/** What the sign-in page and the terminal show of them. */
export const demoSignIns: readonly DemoSignIn[] = demoPeople.map(
  ({ name, email, role, organization, about }) => ({
    name,
    email,
    role,
    organization,
    password,
    about,
  }),
);
