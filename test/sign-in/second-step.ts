import { makeTotp, stepSeconds } from "../../packages/server/src/modules/sign-in/two-step/totp.ts";
import { password, readCookies, type SignInWorld } from "./sign-in-world.ts";

/** What these steps need of a world: any server with its sign-in. */
export type SignInDoor = Pick<SignInWorld, "addPerson" | "pool" | "send" | "signIn">;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Somebody with two-step sign-in on, as an app and their drawer know it. */
export interface Enrolled {
  userId: string;
  accountId: string;
  email: string;
  /** Of a session that began before two-step sign-in was on. */
  cookie: string;
  key: string;
  recoveryCodes: string[];
}

/** What an authenticator app shows, `away` steps from now. */
export function appCode(key: string, away = 0): string {
  const bits = [...key].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return makeTotp(Buffer.from(bytes), Math.floor(Date.now() / 1000 / stepSeconds) + away);
}

/** A code that the app does not show now, nor a step around. */
export function wrongCode(key: string): string {
  const right = new Set([-2, -1, 0, 1, 2].map((away) => appCode(key, away)));
  return ["111111", "222222", "333333", "444444", "555555", "666666"].find((code) => !right.has(code)) ?? "";
}

/** Turns two-step sign-in on through the endpoints; the next code of the app counts as new. */
export async function enrol(world: SignInDoor, email?: string): Promise<Enrolled> {
  const person = await world.addPerson(email === undefined ? {} : { email });
  const cookie = await world.signIn(person.email);
  const begun = await ask<{ key: string; uri: string }>(world, "/security/two-step/begin", {}, cookie);
  const { recoveryCodes } = await ask<{ recoveryCodes: string[] }>(
    world,
    "/security/two-step/confirm",
    { code: appCode(begun.key) },
    cookie,
  );
  await forgetSpentCodes(world, person.userId);
  return { ...person, cookie, key: begun.key, recoveryCodes };
}

/** Time passes: the codes of this half minute count as new. */
export async function forgetSpentCodes(world: SignInDoor, userId: string): Promise<void> {
  await world.pool.query("update auth_two_step set last_step = null where user_id = $1", [userId]);
}

/** The first step; the cookie of the sign-in between its two steps. */
export async function takeFirstStep(world: SignInDoor, email: string, cookie?: string): Promise<string> {
  const response = await world.send("/sign-in/email", {
    body: { email, password },
    ...(cookie === undefined ? {} : { cookie }),
  });
  const body = (await response.json()) as { twoStep?: boolean };
  if (body.twoStep !== true) {
    throw new Error(`The sign-in asked for no code: ${response.status} ${JSON.stringify(body)}`);
  }
  return readCookies(response);
}

/** Posts and gives the body of a good answer. */
export async function ask<Body>(
  world: SignInDoor,
  path: string,
  body: unknown,
  cookie: string,
): Promise<Body> {
  const response = await world.send(path, { body, cookie });
  if (response.status !== 200) {
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as Body;
}

/** Posts and gives status and code of a refusal. */
export async function refusal(
  world: SignInDoor,
  path: string,
  body: unknown,
  cookie: string,
): Promise<{ status: number; code: string; message: string }> {
  const response = await world.send(path, { body, cookie });
  const told = (await response.json()) as { code: string; message: string };
  return { status: response.status, code: told.code, message: told.message };
}
