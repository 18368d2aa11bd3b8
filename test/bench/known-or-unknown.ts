import { ApiClient } from "../kit/api-client.ts";
import { ServedProduct } from "./served-product.ts";
import { demoSignIns } from "../../packages/server/src/modules/demo/index.ts";

// Whether time tells who has an account: the built product is asked for a known and an unknown address in turn, so
// that whatever else the machine does meets both. `--tries N` for each, 1,000 unless told; `--only NAME` asks one question.

const wordAfter = (option: string): string | undefined => {
  const place = process.argv.indexOf(option);
  return place < 0 ? undefined : process.argv[place + 1];
};
const tries = Number(wordAfter("--tries") ?? 1_000);
/** Milliseconds by which the two medians may differ. */
const mostApart = 5;

interface Question {
  name: string;
  /** Asks about the address and gives the answer as the asker sees it, but for what is made up anew each time. */
  ask: (email: string) => Promise<string>;
  /** Undoes it, so that it can be asked again; not measured. */
  settle?: (email: string) => Promise<void>;
  known: readonly string[];
  /** How a right answer begins. */
  right: string;
}

interface Measured {
  known: number[];
  unknown: number[];
  told: Set<string>;
}

async function post(url: string, path: string, body: unknown): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(body),
  });
  return `${response.status} ${await response.text()}`;
}

/** What strangers may ask at the sign-in page. */
function strangersQuestions(url: string): Question[] {
  const known = demoSignIns.map(({ email }) => email);
  return [
    {
      name: "password reset",
      ask: (email) => post(url, "/api/recovery/request-password-reset", { email }),
      known,
      right: "202",
    },
    {
      name: "verification",
      ask: (email) => post(url, "/api/recovery/send-verification", { email }),
      known,
      right: "202",
    },
    {
      name: "sign-in",
      // Checking a password takes the time it is meant to take.
      ask: (email) => post(url, "/api/auth/sign-in/email", { email, password: "wrong horse battery staple" }),
      known,
      right: "401",
    },
  ];
}

/** What an organization admin asks: known are accounts that have no role there yet. Every invitation is withdrawn again. */
async function invitationQuestion(admin: ApiClient): Promise<Question> {
  const { viewer } = await admin.query<{ viewer: { organizations: { id: string }[] } }>(
    "query Own { viewer { organizations { id } } }",
  );
  const organizationId = viewer.organizations[0]?.id ?? "";
  const { directory } = await admin.query<{
    directory: { edges: { node: { email: string; kind: string | null } }[] };
  }>(
    `query Known($id: ID!) {
       directory(organizationId: $id, filter: { type: ATLASSIAN_ACCOUNT }, first: 100) { edges { node { email kind } } }
     }`,
    { id: organizationId },
  );
  const own = new Set(demoSignIns.map(({ email }) => email));
  const people = directory.edges
    .map(({ node }) => node)
    .filter(({ kind }) => kind !== "BOT" && kind !== "DISTRIBUTION_LIST");
  const invited = new Map<string, string>();
  const question: Question = {
    name: "invitation",
    known: [],
    right: "InvitationResult",
    async ask(email) {
      const { inviteToRole } = await admin.query<{
        inviteToRole: { __typename: string; message?: string; invitation?: { id: string; role: string } };
      }>(
        `mutation Invite($input: InviteToRoleInput!) {
           inviteToRole(input: $input) { __typename ... on InvitationResult { invitation { id role } } ... on Refused { message } }
         }`,
        { input: { organizationId, email, role: "MEMBER" } },
      );
      const { __typename: type, invitation, message } = inviteToRole;
      invited.set(email, invitation?.id ?? "");
      return [type, message, invitation?.role].join(" ");
    },
    async settle(email) {
      await admin.query(
        "mutation Withdraw($input: InvitationInput!) { withdrawInvitation(input: $input) { __typename } }",
        { input: { invitationId: invited.get(email) } },
      );
    },
  };
  // Somebody who has the role, or an invitation to it, is refused by name: the admin sees them in the list anyway.
  const known: string[] = [];
  for (const { email } of people.filter((person) => !own.has(person.email))) {
    if ((await question.ask(email)).startsWith(question.right)) {
      await question.settle?.(email);
      known.push(email);
    }
  }
  if (known.length < 10) {
    throw new Error("The demo has too few accounts without a role to compare with");
  }
  return { ...question, known };
}

async function measure(question: Question, email: string, into: number[], told: Set<string>): Promise<void> {
  const start = performance.now();
  const answer = await question.ask(email);
  into.push(performance.now() - start);
  told.add(answer);
  await question.settle?.(email);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function compare(question: Question): Promise<boolean> {
  const { known } = question;
  const measured: Measured = { known: [], unknown: [], told: new Set() };
  for (let round = 0; round < tries; round += 1) {
    const addresses = { known: known[round % known.length] ?? "", unknown: `nobody${round}@example.com` };
    for (const sort of round % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
      await measure(question, addresses[sort], measured[sort], measured.told);
    }
  }
  const { told } = measured;
  const [a, b] = [median(measured.known), median(measured.unknown)];
  const apart = Math.abs(a - b);
  const isSame = told.size === 1 && [...told][0]?.startsWith(question.right) === true;
  const holds = apart <= mostApart && isSame;
  process.stdout.write(
    `${holds ? "ok  " : "FAIL"} ${question.name}: median ${a.toFixed(2)} ms known, ${b.toFixed(2)} ms unknown, ` +
      `${apart.toFixed(2)} ms apart over ${measured.known.length} tries each; ${told.size} distinct answer(s)\n`,
  );
  return holds;
}

const product = await ServedProduct.start(1_000, { REHOME_SIGN_INS_PER_MINUTE: "100000" });
try {
  // Warm before anything counts, in this process and in the server.
  const [first] = demoSignIns;
  const admin = await ApiClient.signIn(product.url, first?.email ?? "", first?.password ?? "");
  const questions = [...strangersQuestions(product.url), await invitationQuestion(admin)];
  const only = wordAfter("--only");
  const asked = questions.filter(({ name }) => only === undefined || name === only);
  const results: boolean[] = [];
  for (const question of asked) {
    for (const email of question.known.slice(0, 5)) {
      await measure(question, email, [], new Set());
    }
    results.push(await compare(question));
  }
  process.exitCode = results.length > 0 && results.every(Boolean) ? 0 : 1;
} finally {
  await product.stop();
}
