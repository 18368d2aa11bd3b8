import { formatRecord } from "./csv-records.ts";
import type { SiteRole } from "./demo-world.ts";
import { firstNames, lastNames, writeForAddress } from "./names.ts";

/** A product of the demo whose users are uploaded. */
export interface DemoProductUsers {
  site: SiteRole;
  /** Its name. */
  product: string;
}

/** Both have the bot ci@northwind.example, which signs in with a password: it is flagged. */
export const productsWithUsers: readonly DemoProductUsers[] = [
  { site: "source", product: "Network status" },
  { site: "destination", product: "Operations on-call" },
];

const columns = [
  "email",
  "name",
  "role",
  "status",
  "verified",
  "last active",
  "kind",
  "password hash",
  "login name",
  "authentication",
];

/** Of the passphrase of every demo sign-in, as the product kept it. */
const passwordHash = "$2b$10$zoyp.MbVC6AoviFX8ibTueEjHL68R9IsZcasN0rzEd6MTMjFFpwa2";

interface Login {
  email: string;
  name?: string;
  role: string;
  status?: string;
  verified?: string;
  lastActive?: string;
  kind?: string;
  hash?: string;
  loginName?: string;
  authentication?: string;
}

const statusLogins: readonly Login[] = [
  {
    email: "marek.dvorak@northwind.example",
    name: "Marek Dvořák",
    role: "Owner",
    verified: "yes",
    lastActive: "2026-06-30T16:20:00Z",
    hash: passwordHash,
  },
  { email: "ci@northwind.example", name: "Deployments", role: "Component manager", hash: passwordHash },
  // On one product alone: it goes on as before.
  {
    email: "uptime.probe@northwind.example",
    name: "Uptime probe",
    role: "Component manager",
    kind: "bot",
    hash: passwordHash,
  },
  // Several service accounts on one email: each has a login name of its own.
  {
    email: "integrations@northwind.example",
    name: "Metrics",
    role: "Component manager",
    kind: "bot",
    loginName: "metrics-push",
    authentication: "token",
  },
  {
    email: "integrations@northwind.example",
    name: "Incident bridge",
    role: "Incident manager",
    kind: "bot",
    loginName: "incident-bridge",
    authentication: "token",
  },
  { email: "team@northwind.example", name: "Network team", role: "Team member" },
  { email: "viktor.lang", name: "Viktor Lang", role: "Team member", status: "active" },
];

const onCallLogins: readonly Login[] = [
  {
    email: "nadia.okafor@northwind.example",
    name: "Nadia Okafor",
    role: "Owner",
    verified: "yes",
    lastActive: "2026-07-01T08:05:00Z",
    hash: passwordHash,
  },
  {
    email: "tomas.reyes@northwind.example",
    name: "Tomás Reyes",
    role: "Admin",
    verified: "yes",
    hash: passwordHash,
  },
  { email: "ci@northwind.example", name: "CI alerts", role: "User", hash: passwordHash },
  { email: "support@northwind.example", name: "Support desk", role: "Stakeholder" },
  {
    email: "robot@northwind.example",
    name: "Escalation robot",
    role: "User",
    loginName: "escalations",
    authentication: "token",
  },
];

const shapes = {
  "Network status": { logins: statusLogins, people: 31, roles: ["Team member", "Incident manager"] },
  "Operations on-call": { logins: onCallLogins, people: 46, roles: ["User", "User", "Stakeholder", "Admin"] },
};

/** The users file of a product, the same for every size of the demo. */
export async function* productUsersCsv(product: string): AsyncGenerator<string> {
  const shape = shapes[product as keyof typeof shapes];
  const people = Array.from({ length: shape.people }, (_, index) => person(index, shape.roles));
  const records = [...shape.logins, ...people].map((login) => formatRecord(cellsOf(login)));
  yield formatRecord(columns) + records.join("");
}

function cellsOf(login: Login): string[] {
  const { email, name = "", role, status = "active", verified = "", lastActive = "", kind = "" } = login;
  const { hash = "", loginName = "", authentication = "" } = login;
  return [email, name, role, status, verified, lastActive, kind, hash, loginName, authentication];
}

/** The same people in every product, as far as its list goes: who works with one often works with the other. */
function person(index: number, roles: readonly string[]): Login {
  const first = firstNames[(index * 53 + 7) % firstNames.length] ?? "";
  const last = lastNames[(index * 29 + 3) % lastNames.length] ?? "";
  const isGone = index % 9 === 5;
  return {
    email: `${writeForAddress(first)}.${writeForAddress(last)}@northwind.example`,
    name: `${first} ${last}`,
    role: roles[index % roles.length] ?? "",
    status: isGone ? "deactivated" : "active",
    verified: index % 5 === 2 ? "no" : "yes",
    lastActive: `2026-0${isGone ? 2 : 6}-${String((index % 28) + 1).padStart(2, "0")}`,
    hash: index % 4 === 3 ? "" : passwordHash,
  };
}
