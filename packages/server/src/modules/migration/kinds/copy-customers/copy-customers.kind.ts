import type { MigrationKind } from "../../kind.ts";
import { applyBatch } from "./apply.ts";
import { copyBrakes } from "./brakes.ts";
import { checkCopy } from "./check.ts";
import { describeCopy } from "./describe.ts";
import { digestInput } from "./digest-input.ts";
import { copyCustomersOptions, type CopyCustomersOptions } from "./options.ts";
import { planAgain } from "./plan-again.ts";
import { planCopy } from "./plan.ts";
import { prepareCopy } from "./prepare.ts";
import { undoCopy } from "./undo.ts";
import { upgradeItems } from "./upgrade-items.ts";

/** Copies customers of one site's service projects to another site. The outcome of every case is in outcome-table.ts. */
export const copyCustomers: MigrationKind<CopyCustomersOptions> = {
  code: "COPY_CUSTOMERS",
  options: copyCustomersOptions,
  check: checkCopy,
  plan: planCopy,
  inputDigest: digestInput,
  prepare: prepareCopy,
  brakes: copyBrakes,
  apply: applyBatch,
  upgrade: upgradeItems,
  planAgain,
  describe: describeCopy,
  undo: undoCopy,
};
