import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { demoSignIns } from "../../packages/server/src/modules/demo/index.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { root, type ServedProduct } from "./served-product.ts";

const text = `query BenchList($organizationId: ID!) { directory(organizationId: $organizationId, first: 50) {
  edges { cursor node { id email name type active customerRole duplicate } } pageInfo { hasNextPage endCursor } } }`;
const requests = 2_000;
const atOnce = 8;
/** Without compression, which mercurius leaves to others. */
const plain = { "Content-Type": "application/json", "Accept-Encoding": "identity" };

export interface ListQueryCost {
  /** Processor milliseconds of the serving process per request. */
  product: number;
  mercurius: number;
}

/** Processor time per request of the list of 50 people: the product, and the same resolvers behind mercurius with JIT. */
export async function measureListQuery(
  product: ServedProduct,
  admin: ApiClient,
  organizationId: string,
): Promise<ListQueryCost> {
  const variables = { organizationId };
  const body = JSON.stringify({ query: text, operationName: "BenchList", variables });
  const productUrl = `${product.url}/graphql`;
  const headers = { ...plain, Cookie: admin.cookie, Origin: product.url };
  const ofProduct = await costPerRequest(productUrl, headers, body, () => product.processorSeconds());
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      path.join(root, "test/bench/mercurius-child.ts"),
      product.connectionString(),
      demoSignIns[0]?.email ?? "",
    ],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    const port = await readyPort(child);
    const ofMercurius = await costPerRequest(`http://127.0.0.1:${port}/graphql`, plain, body, () =>
      processorSeconds(child.pid ?? 0),
    );
    return { product: ofProduct, mercurius: ofMercurius };
  } finally {
    child.kill("SIGTERM");
  }
}

async function costPerRequest(
  url: string,
  headers: Record<string, string>,
  body: string,
  spent: () => number,
): Promise<number> {
  const send = async (count: number): Promise<void> => {
    for (let sent = 0; sent < count; sent += 1) {
      const response = await fetch(url, { method: "POST", headers, body });
      const answer = (await response.json()) as {
        data?: { directory: { edges: unknown[] } };
        errors?: unknown;
      };
      if (answer.data?.directory.edges.length !== 50) {
        throw new Error(`The list did not answer 50 people: ${JSON.stringify(answer.errors)}`);
      }
    }
  };
  const together = (count: number): Promise<void[]> =>
    Promise.all(Array.from({ length: atOnce }, () => send(count / atOnce)));
  // What is compiled on the way belongs to no request.
  await together(400);
  const before = spent();
  await together(requests);
  return ((spent() - before) / requests) * 1000;
}

function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (data: Buffer) => {
      const port = /ready (\d+)/.exec(data.toString())?.[1];
      if (port !== undefined) {
        resolve(Number(port));
      }
    });
    child.once("exit", () => reject(new Error("mercurius did not start")));
  });
}
