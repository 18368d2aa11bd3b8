import { csv } from "../import/upload-desk.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { readLetters, secretIn } from "../kit/letters.ts";
import { testServices } from "../kit/services.ts";
import { findUser, giveUsers, type ListedUser, type ProductWorld } from "./product-world.ts";
import { bcrypt } from "./user-files.ts";

/** The columns that make a bot. */
export const botHeader = "email,kind,authentication,login name,password hash";

/** Both products anew: shared@acme.example is the one flagged bot, of Status. */
export async function giveBots({ server, world, status, onCall }: ProductWorld): Promise<void> {
  await server.pool.query("delete from product_user where product_id = any($1::uuid[])", [[status, onCall]]);
  await giveUsers(
    world.admin,
    status,
    csv(
      botHeader,
      `shared@acme.example,bot,password,,${bcrypt}`,
      "token@acme.example,bot,token,,",
      "alone@acme.example,bot,password,,",
      "person@acme.example,,,,",
      "taken@acme.example,bot,,named,",
    ),
  );
  await giveUsers(
    world.admin,
    onCall,
    csv(
      botHeader,
      "shared@acme.example,person,,,",
      "token@acme.example,bot,token,,",
      "person@acme.example,,,,",
      "elsewhere@acme.example,,,,",
    ),
  );
}

/** What a remedy answers. */
export interface Answered {
  __typename: string;
  code?: string;
  message?: string;
  field?: string | null;
  whoCanGrant?: string[];
  productUser?: { id: string; email: string; flag: unknown; waitingLink: { email: string } | null };
}

const answerFields = `__typename ... on Refused { code message field whoCanGrant }
  ... on ProductUserAnswer { productUser { id email flag { reason } waitingLink { email } } }`;

/** Gives the bot another address. */
export async function change(
  client: ApiClient,
  productUserId: string,
  email: string,
  key?: string,
): Promise<Answered> {
  const { answer } = await client.query<{ answer: Answered }>(
    `mutation Change($input: ChangeProductUserEmailInput!) { answer: changeProductUserEmail(input: $input) { ${answerFields} } }`,
    { input: { productUserId, email, idempotencyKey: key } },
  );
  return answer;
}

/** Has an address of the bot confirmed. */
export async function verify(
  client: ApiClient,
  productUserId: string,
  email: string | null = null,
  key?: string,
): Promise<Answered> {
  const { answer } = await client.query<{ answer: Answered }>(
    `mutation Verify($input: VerifyProductUserEmailInput!) { answer: verifyProductUserEmail(input: $input) { ${answerFields} } }`,
    { input: { productUserId, email, idempotencyKey: key } },
  );
  return answer;
}

/** What the link's page asks, signed in or not. */
export async function follow(at: ProductWorld, path: "" | "/confirm", token: string): Promise<string> {
  const response = await at.server.anonymous().fetch(`/api/bot-address${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return `${response.status} ${await response.text()}`;
}

/** The secret in the newest mail to an address. */
export async function newestSecret(at: ProductWorld, email: string): Promise<string> {
  return secretIn((await readLetters(at.server.pool, testServices().secrets, email)).at(-1));
}

/** The flagged bot. */
export function findShared(at: ProductWorld): Promise<ListedUser> {
  return findUser(at, "shared@acme.example");
}
