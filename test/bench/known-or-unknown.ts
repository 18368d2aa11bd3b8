import { ApiClient } from "../kit/api-client.ts";
import { ServedProduct } from "./served-product.ts";
import { demoSignIns } from "../../packages/server/src/modules/demo/index.ts";

// Whether time tells who has an account: the built product is asked for a known and an unknown address in turn, so
// that whatever else the machine does meets both. `--tries N` for each; 1,000 unless told.

const givenTries = process.argv.indexOf("--tries");
const tries = givenTries < 0 ? 1_000 : Number(process.argv[givenTries + 1]);
/** Milliseconds by which the two medians may differ. */
const mostApart = 5;

interface Question {
  name: string;
  path: string;
  /** How often of `tries`: checking a password takes the time it is meant to take. */
  share: number;
  body: (email: string) => unknown;
  status: number;
}

const questions: Question[] = [
  {
    name: "password reset",
    path: "/api/recovery/request-password-reset",
    share: 1,
    body: (email) => ({ email }),
    status: 202,
  },
  {
    name: "verification",
    path: "/api/recovery/send-verification",
    share: 1,
    body: (email) => ({ email }),
    status: 202,
  },
  {
    name: "sign-in",
    path: "/api/auth/sign-in/email",
    share: 1,
    body: (email) => ({ email, password: "wrong horse battery staple" }),
    status: 401,
  },
];

async function measure(
  url: string,
  question: Question,
  email: string,
): Promise<{ taken: number; told: string }> {
  const start = performance.now();
  const response = await fetch(`${url}${question.path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(question.body(email)),
  });
  const told = `${response.status} ${await response.text()}`;
  return { taken: performance.now() - start, told };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function compare(url: string, question: Question, known: readonly string[]): Promise<boolean> {
  const taken = { known: [] as number[], unknown: [] as number[] };
  const told = new Set<string>();
  for (let round = 0; round < tries * question.share; round += 1) {
    const addresses = { known: known[round % known.length] ?? "", unknown: `nobody${round}@example.com` };
    for (const sort of round % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
      const answer = await measure(url, question, addresses[sort]);
      taken[sort].push(answer.taken);
      told.add(answer.told);
    }
  }
  const [a, b] = [median(taken.known), median(taken.unknown)];
  const apart = Math.abs(a - b);
  const isSame = told.size === 1 && [...told][0]?.startsWith(String(question.status)) === true;
  const holds = apart <= mostApart && isSame;
  process.stdout.write(
    `${holds ? "ok  " : "FAIL"} ${question.name}: median ${a.toFixed(2)} ms known, ${b.toFixed(2)} ms unknown, ` +
      `${apart.toFixed(2)} ms apart over ${taken.known.length} tries each; ${told.size} different answer(s)\n`,
  );
  return holds;
}

const product = await ServedProduct.start(1_000, { REHOME_SIGN_INS_PER_MINUTE: "100000" });
try {
  const known = demoSignIns.map(({ email }) => email);
  // Warm before anything counts, in this process and in the server.
  await ApiClient.signIn(product.url, demoSignIns[0]?.email ?? "", demoSignIns[0]?.password ?? "");
  const results: boolean[] = [];
  for (const question of questions) {
    await Promise.all(known.map((email) => measure(product.url, question, email)));
    results.push(await compare(product.url, question, known));
  }
  process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
  await product.stop();
}
