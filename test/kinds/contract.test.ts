import { findKind, kindCodes } from "../../packages/server/src/modules/migration/registry.ts";
import { withoutEngine } from "../kit/database.ts";
import { holdToContract, type KindWorld } from "../kit/kind-contract.ts";
import { withoutServices } from "../undo/undo-world.ts";
import { makeCopyWorld, makeScope, useDatabase } from "./copy-customers/copy-world.ts";
import { addEveryEffect } from "./copy-customers/people.ts";

const database = useDatabase({ ...withoutEngine, ...withoutServices });

/** A world with every case, one for each registered kind: a kind without one fails here. */
const worlds: Record<string, () => Promise<KindWorld>> = {
  COPY_CUSTOMERS: async () => {
    const world = await makeCopyWorld(database.fork());
    await addEveryEffect(world);
    return { em: world.em, migrationId: (await makeScope(world)).migrationId };
  },
};

for (const code of kindCodes) {
  const makeWorld = worlds[code];
  if (makeWorld === undefined) {
    throw new Error(`The kind ${code} has no world to be held to the contract in`);
  }
  holdToContract(findKind(code), makeWorld);
}
