// Why one long file: a table of fifty faults, each with the entry it must show up as.
import {
  listCustomer,
  makeAccount,
  makeAccountOnSite,
  makePortalCustomer,
  makeProject,
  makeRequest,
  type IdentityRef,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import type { CopyWorld } from "./copy-world.ts";

/** A fault done to one person after the run: SQL over $1 site, $2 email, $3 project TOP, $4 request TOP-1, $5 request OPEN-1. */
export interface PlantedFault {
  /** Who it is done to; arranged by `addFaultPeople`. */
  local: string;
  sql: string;
  /** `resource change` of every unexplained entry that must come of it. */
  expected: string[];
}

const account = "(select id from account where email = $2)";
const portal = "(select id from portal_customer where site_id = $1 and email = $2)";
const accountActive = (on: boolean): string =>
  `update site_account set active = ${on} where site_id = $1 and account_id = ${account}`;
const portalActive = (on: boolean): string =>
  `update portal_customer set active = ${on} where site_id = $1 and email = $2`;
const role = (on: boolean): string =>
  `update site_account set customer_role = ${on} where site_id = $1 and account_id = ${account}`;
const list = (identity: "account" | "portal"): string =>
  identity === "account"
    ? `insert into project_customer (project_id, account_id) values ($3, ${account})`
    : `insert into project_customer (project_id, portal_customer_id) values ($3, ${portal})`;
const unlist = (key: string): string =>
  `delete from project_customer where project_id = (select id from service_project where site_id = $1 and key = '${key}')
   and (account_id = ${account} or portal_customer_id = ${portal})`;
const participate = (identity: "account" | "portal", request: "$4" | "$5"): string =>
  identity === "account"
    ? `insert into request_participant (request_id, account_id) values (${request}, ${account})`
    : `insert into request_participant (request_id, portal_customer_id) values (${request}, ${portal})`;
const leave = `delete from request_participant where account_id = ${account} or portal_customer_id = ${portal}`;
const report = (identity: "account" | "portal"): string =>
  `update request set reporter_${identity === "account" ? "account_id" : "portal_customer_id"} = null
   where site_id = $1 and reporter_${identity === "account" ? `account_id = ${account}` : `portal_customer_id = ${portal}`}`;
const presence = `insert into site_account (site_id, account_id) values ($1, ${account})`;
/** The imported group, which nobody decided about, gives its approved members the Customer role. */
const grantGroup =
  "update user_group set grants_customer_role = true where site_id = $1 and migration_id is not null";
const remove = "delete from portal_customer where site_id = $1 and email = $2";

const open = "project OPEN";
const sec = "project SEC";
const top = "project TOP";

/** What each sort of person reaches before anything is planted: `own` stands for the person's own request. */
const sorts: Record<string, { faults: [sql: string, expected: string[]][] }> = {
  // Created as portal-only, listed in SEC.
  created: {
    faults: [
      [portalActive(false), [`${open} lost`, `${sec} lost`]],
      [list("portal"), [`${top} gained`]],
      [unlist("SEC"), [`${sec} lost`]],
      [participate("portal", "$5"), ["request OPEN-1 gained"]],
      [presence, [`${open} lost`, `${sec} lost`]],
      [remove, [`${open} lost`, `${sec} lost`]],
      [`${remove};${presence};${role(true)}`, [`${sec} lost`]],
      [`${list("portal")};${participate("portal", "$4")}`, [`${top} gained`, "request TOP-1 gained"]],
    ],
  },
  // On both sites as portal-only; takes part in a request of OPEN; listed in SEC by the run.
  linked: {
    faults: [
      [portalActive(false), [`${open} lost`, `${sec} lost`, "own lost"]],
      [list("portal"), [`${top} gained`]],
      [unlist("SEC"), [`${sec} lost`]],
      [leave, ["own lost"]],
      [participate("portal", "$5"), ["request OPEN-1 gained"]],
      [presence, [`${open} lost`, `${sec} lost`, "own lost"]],
      [`${list("portal")};${participate("portal", "$4")}`, [`${top} gained`, "request TOP-1 gained"]],
    ],
  },
  // An account with the Customer role and a request of its own; listed in SEC by the run.
  role: {
    faults: [
      [role(false), [`${open} lost`, `${sec} lost`, "own lost"]],
      [accountActive(false), [`${open} lost`, `${sec} lost`, "own lost"]],
      [list("account"), [`${top} gained`]],
      [unlist("SEC"), [`${sec} lost`]],
      [report("account"), ["own lost"]],
      [participate("account", "$5"), ["request OPEN-1 gained"]],
      [
        `delete from site_account where site_id = $1 and account_id = ${account}`,
        [`${open} lost`, `${sec} lost`, "own lost"],
      ],
    ],
  },
  // An account without the role, waiting in the imported group; listed in SEC by the run.
  waiting: {
    faults: [
      [role(true), [`${open} gained`, `${sec} gained`]],
      [
        `update user_group_member set approved = true where account_id = ${account};${grantGroup}`,
        [`${open} gained`, `${sec} gained`],
      ],
      [`${role(true)};${unlist("SEC")}`, [`${open} gained`]],
      [`${role(true)};${list("account")}`, [`${open} gained`, `${sec} gained`, `${top} gained`]],
    ],
  },
  // A duplicate: portal-only on the destination with a request, presence added by the run.
  duplicate: {
    faults: [
      [
        `delete from site_account where site_id = $1 and account_id = ${account}`,
        [`${open} gained`, "own gained"],
      ],
      [role(true), [`${open} gained`, `${sec} gained`]],
      [`${role(true)};${list("account")}`, [`${open} gained`, `${sec} gained`, `${top} gained`]],
      [
        `${role(true)};${participate("account", "$5")}`,
        [`${open} gained`, `${sec} gained`, "request OPEN-1 gained"],
      ],
    ],
  },
  // Both types on the destination, the account with the role: left unchanged.
  both: {
    faults: [
      [role(false), [`${open} lost`, "own lost"]],
      [accountActive(false), [`${open} lost`, "own lost"]],
      [list("account"), [`${top} gained`]],
      [report("account"), ["own lost"]],
      [participate("account", "$5"), ["request OPEN-1 gained"]],
    ],
  },
  // Both types on the destination, the account without the role: left unchanged, and reaches nothing.
  powerless: {
    faults: [
      [role(true), [`${open} gained`]],
      [`delete from site_account where site_id = $1 and account_id = ${account}`, [`${open} gained`]],
      [`${role(true)};${list("account")}`, [`${open} gained`, `${top} gained`]],
      [`${role(true)};${participate("account", "$5")}`, [`${open} gained`, "request OPEN-1 gained"]],
    ],
  },
  // Portal access revoked on the destination: left unchanged.
  revoked: {
    faults: [
      [portalActive(true), [`${open} gained`, "own gained"]],
      [`${portalActive(true)};${list("portal")}`, [`${open} gained`, `${top} gained`, "own gained"]],
      [`${presence};${role(true)}`, [`${open} gained`]],
      [`${portalActive(true)};${leave}`, [`${open} gained`]],
    ],
  },
  // Deactivated on the destination: left unchanged.
  deactivated: {
    faults: [
      [accountActive(true), [`${open} gained`]],
      [`${accountActive(true)};${list("account")}`, [`${open} gained`, `${top} gained`]],
    ],
  },
  // Inactive on the source, an account with the role on the destination: not copied.
  left: {
    faults: [
      [role(false), [`${open} lost`]],
      [list("account"), [`${top} gained`]],
    ],
  },
  // On the destination with an account elsewhere: sign-in would resolve to the account if it were present.
  elsewhere: {
    faults: [
      [presence, [`${open} lost`, `${sec} lost`, "own lost"]],
      [`${presence};${role(true)}`, [`${sec} lost`, "own lost"]],
    ],
  },
  // Not in the run at all, and approved in its group.
  outsider: {
    faults: [
      [
        `insert into user_group_member (group_id, account_id, approved)
         select g.id, ${account}, true from user_group g join migration m on m.id = g.migration_id where m.destination_site_id = $1;
         ${grantGroup}`,
        [`${open} gained`],
      ],
    ],
  },
};

/** Every fault with a person of its own. */
export const fiftyFaults: PlantedFault[] = Object.entries(sorts).flatMap(([sort, { faults }]) =>
  faults.map(([sql, expected], index) => ({ local: `${sort}-${index}`, sql, expected })),
);

/** One person for every fault and one undisturbed of each sort, `<sort>-calm`; gives their own requests by person. */
export async function addFaultPeople(world: CopyWorld): Promise<Map<string, string>> {
  const own = new Map<string, string>();
  for (const local of [
    ...fiftyFaults.map((fault) => fault.local),
    ...Object.keys(sorts).map((sort) => `${sort}-calm`),
  ]) {
    const request = await addPerson(world, local);
    if (request !== null) {
      own.set(local, request);
    }
  }
  return own;
}

async function addPerson(world: CopyWorld, local: string): Promise<string | null> {
  const { em, source, destination, sourceProjects, destinationProjects } = world;
  const email = world.mail(local);
  const sort = local.split("-")[0] ?? "";
  const there = {
    portal: async (active = true) => ({
      portalCustomerId: (await makePortalCustomer(em, destination.id, { email, active })).id,
    }),
    account: async (customerRole: boolean, active = true) => ({
      accountId: (await makeAccountOnSite(em, destination.id, { email, customerRole, active })).id,
    }),
  };
  const asked = async (identity: IdentityRef, as: "reporter" | "participants") =>
    (
      await makeRequest(
        em,
        destinationProjects.OPEN,
        as === "reporter" ? { reporter: identity } : { participants: [identity] },
      )
    ).key;
  const atSource = async (type: "portal" | "account", active = true) => {
    const identity =
      type === "portal"
        ? { portalCustomerId: (await makePortalCustomer(em, source.id, { email, active })).id }
        : { accountId: (await makeAccountOnSite(em, source.id, { email, active })).id };
    await listCustomer(em, sourceProjects.SEC.id, identity);
  };
  if (["created", "linked", "elsewhere", "revoked"].includes(sort)) {
    await makeAccount(em, { email });
  }
  switch (sort) {
    case "created":
      await atSource("portal");
      return null;
    case "linked":
    case "elsewhere":
      await atSource("portal");
      return asked(await there.portal(), "participants");
    case "role":
      await atSource("account");
      return asked(await there.account(true), "reporter");
    case "waiting":
      await atSource("account");
      await there.account(false);
      return null;
    case "duplicate":
      await atSource("account");
      return asked(await there.portal(), "reporter");
    case "both":
      await atSource("account");
      await there.portal();
      return asked(await there.account(true), "reporter");
    case "powerless":
      await atSource("portal");
      await there.portal();
      await there.account(false);
      return null;
    case "revoked":
      await atSource("portal");
      return asked(await there.portal(false), "participants");
    case "deactivated":
      await atSource("account");
      await there.account(true, false);
      return null;
    case "left":
      await atSource("account", false);
      await there.account(true);
      return null;
    default:
      await there.account(false);
      return null;
  }
}

/** Things on the destination that nobody of the run may reach. */
export async function addForbiddenThings(
  world: CopyWorld,
): Promise<{ projectId: string; requests: string[] }> {
  const top = await makeProject(world.em, world.destination.id, { key: "TOP", access: "RESTRICTED" });
  const requests = [
    await makeRequest(world.em, top, { key: "TOP-1" }),
    await makeRequest(world.em, world.destinationProjects.OPEN, { key: "OPEN-1" }),
  ];
  return { projectId: top.id, requests: requests.map(({ id }) => id) };
}

/** Does one fault. The database must know the type of every parameter, of those too that it does not use. */
export async function plantFault(
  world: CopyWorld,
  fault: PlantedFault,
  forbidden: { projectId: string; requests: string[] },
): Promise<void> {
  const parameters = [
    world.destination.id,
    world.mail(fault.local),
    forbidden.projectId,
    ...forbidden.requests,
  ];
  for (const sql of fault.sql.split(";")) {
    await query(
      world.em,
      `with given as (select $1::uuid, $2::text, $3::uuid, $4::uuid, $5::uuid) ${sql}`,
      parameters,
    );
  }
}
