import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { answerOnce, type AnswerStore } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import { applyClaimed } from "./apply/apply-import.ts";
import { toImportRecord, type ImportRecord } from "./import-record.ts";
import { claimApply, discardImport, isLarge } from "./import.service.ts";
import { ApplyImportInput, DiscardImportInput, RematchImportInput } from "./import.inputs.types.ts";
import {
  ApplyImportResult,
  DiscardImportResult,
  ImportFileResult,
  RematchImportResult,
} from "./import.types.ts";
import { actorOf, toImportFileType } from "./import.view.ts";
import { rematchImport } from "./rematch-import.ts";
import { loadImportsStatement } from "./sql/load-imports.ts";

type Context = RequestContext<Actor>;
type Answer = Promise<ImportFileResult | Refused>;

/** Keeps an import under its id. */
const importAnswer: AnswerStore<ImportRecord> = {
  save: (record) => ({ id: record.id }),
  load: (em, saved) => loadImport(em, String(saved.id)),
};

/** What people decide about an upload. */
@Resolver()
export class ImportMutationResolver {
  @Access("signed-in")
  @Mutation(() => ApplyImportResult, {
    description:
      "Writes the good rows to the site or product, all at once. A small file is APPLIED in the answer, a large one APPLYING.",
  })
  async applyImport(
    @Ctx() context: Context,
    @Arg("input", () => ApplyImportInput, { description: "Which one." }) input: ApplyImportInput,
  ): Answer {
    const { em } = context;
    const claimed = await answerOnce(
      context,
      "applyImport",
      input,
      (tx) => claimApply(tx, actorOf(context), input.importId),
      importAnswer,
    );
    if (isRefused(claimed)) {
      return claimed;
    }
    // Only after the decision is committed: from there on the worker would apply it, too.
    if (claimed.state === "APPLYING" && !isLarge(claimed)) {
      await applyClaimed(() => em.fork(), claimed.id);
    }
    return { importFile: toImportFileType(await loadImport(em, claimed.id)) };
  }

  @Access("signed-in")
  @Mutation(() => DiscardImportResult, {
    description: "Throws an upload away, its rows included; only before it was applied.",
  })
  async discardImport(
    @Ctx() context: Context,
    @Arg("input", () => DiscardImportInput, { description: "Which one." }) input: DiscardImportInput,
  ): Answer {
    return toAnswer(
      await answerOnce(
        context,
        "discardImport",
        input,
        (tx) => discardImport(tx, actorOf(context), input.importId),
        importAnswer,
      ),
    );
  }

  @Access("signed-in")
  @Mutation(() => RematchImportResult, {
    description: "Reads the rows again with other columns; the file is not needed again.",
  })
  async rematchImport(
    @Ctx() context: Context,
    @Arg("input", () => RematchImportInput, { description: "Which one, and its columns." })
    input: RematchImportInput,
  ): Answer {
    return toAnswer(
      await answerOnce(
        context,
        "rematchImport",
        input,
        (tx) => rematchImport(tx, actorOf(context), input),
        importAnswer,
      ),
    );
  }
}

function toAnswer(record: ImportRecord | Refused): ImportFileResult | Refused {
  return isRefused(record) ? record : { importFile: toImportFileType(record) };
}

async function loadImport(em: EntityManager, id: string): Promise<ImportRecord> {
  const [row] = await loadImportsStatement.run(em, [[id]]);
  if (row === undefined) {
    throw new Error(`Import ${id} is gone`);
  }
  return toImportRecord(row);
}
