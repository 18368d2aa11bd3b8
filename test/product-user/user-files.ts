import { expect } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import type { ProductWorld } from "./product-world.ts";

export const bcrypt = "$2b$10$zoyp.MbVC6AoviFX8ibTueEjHL68R9IsZcasN0rzEd6MTMjFFpwa2";
export const argon2 =
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Zm9ydHl0d29ieXRlc29mdGFnZm9ydGhlYXJnb24yaGFzaA";

/** Every column that is known, and one that is not. */
export const header =
  "email,name,role,status,verified,last active,kind,password hash,login name,authentication,nickname";

/** An upload as its preview shows it. */
export interface Preview {
  state: string;
  fileKind: string;
  totalRows: number;
  goodRows: number;
  badRows: number;
  warningRows: number;
  failure: string | null;
  site: null;
  product: { name: string };
  effects: Record<string, unknown>;
  rows: {
    edges: {
      node: {
        rowNumber: number;
        state: string;
        cells: string[];
        problemColumn: string | null;
        problem: string | null;
        warning: string | null;
      };
    }[];
  };
}

/** Uploads to the product Status, and reads and applies what was uploaded: as its owner unless told. */
export function userFiles(world: () => ProductWorld) {
  const upload = async (
    content: string,
    client: ApiClient = world().owner,
  ): Promise<{ id: string; text: string; status: number }> => {
    const response = await client.upload({ productId: world().status }, content, { fileName: "users.csv" });
    const text = await response.text();
    const { importFile } = JSON.parse(text) as { importFile?: { id: string } };
    return { id: importFile?.id ?? "", text, status: response.status };
  };
  const preview = async (id: string, client: ApiClient = world().owner): Promise<Preview> => {
    const { importFile } = await client.query<{ importFile: Preview }>(
      `query Preview($id: ID!) { importFile(id: $id) {
        state fileKind totalRows goodRows badRows warningRows failure site { id } product { name }
        effects { newPeople updatedPeople duplicates
          productUsers { distributionLists bots flaggedBots keptHashes refusedHashes } }
        rows(first: 100) { edges { node { rowNumber state cells problemColumn problem warning } } }
      } }`,
      { id },
    );
    return importFile;
  };
  const apply = async (id: string, client: ApiClient = world().owner): Promise<void> => {
    const { applyImport } = await client.query<{ applyImport: { __typename: string } }>(
      "mutation Apply($id: ID!) { applyImport(input: { importId: $id }) { __typename } }",
      { id },
    );
    expect(applyImport.__typename).toBe("ImportFileResult");
  };
  return { upload, preview, apply };
}
