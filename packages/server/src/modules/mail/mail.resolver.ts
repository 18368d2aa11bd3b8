import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { answerOnce } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import { belongsToOrganization, canManageMail, type Actor } from "../sign-in/index.ts";
import { countHeld } from "./held-mail.ts";
import type { HeldOutcome, MailService } from "./mail.service.ts";
import {
  DiscardMailInput,
  HeldMailDecisionResult,
  HeldMailResult,
  MailResult,
  MailStateEnum,
  OutboxConnection,
  ReleaseMailInput,
  RetryMailInput,
  RetryMailResult,
} from "./mail.types.ts";
import { toOutboxMail } from "./mail.view.ts";
import { findMailStatement } from "./sql/find-mail.ts";
import { listMailStatement } from "./sql/list-mail.ts";
import type { MailState } from "./sql/mail-columns.ts";

type Context = RequestContext<Actor>;

/** An organization's mail, for its admins. */
@Resolver()
export class MailResolver {
  readonly #service: MailService;

  constructor(service: MailService) {
    this.#service = service;
  }

  @Access("signed-in")
  @Query(() => OutboxConnection, {
    description: "Mail that concerns the organization, newest first; for its organization admins.",
  })
  async outbox(
    @Ctx() context: Context,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
    @Arg("states", () => [MailStateEnum], { nullable: true, description: "Only mail in these states." })
    states: MailState[] | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
  ): Promise<OutboxConnection> {
    insistOnAdmin(context.actor, organizationId);
    const size = pageSize(first);
    const rows = await listMailStatement.run(context.em, [
      organizationId,
      states,
      readCursor(after),
      size + 1,
    ]);
    const { held, linkEnded } = await countHeld(context.em, organizationId);
    return {
      ...toPage(rows, size, after, ({ id }) => [id], toOutboxMail),
      heldCount: held,
      heldWithEndedLinks: linkEnded,
    };
  }

  @Access("signed-in")
  @Mutation(() => RetryMailResult, {
    description:
      "Tries a mail again that bounced or was given up, under the same message id; for organization admins.",
  })
  async retryMail(
    @Ctx() context: Context,
    @Arg("input", () => RetryMailInput, { description: "Which one." }) input: RetryMailInput,
  ): Promise<MailResult | Refused> {
    const actor = actorOf(context);
    const mail = await answerOnce(
      context,
      "retryMail",
      input,
      (em) => this.#service.retry(em, actor, input.mailId),
      {
        save: ({ id }) => ({ id }),
        load: async (em, saved) => {
          const [row] = await findMailStatement.run(em, [saved.id]);
          if (row === undefined) {
            throw notFound();
          }
          return row;
        },
      },
    );
    return isRefused(mail) ? mail : { mail: toOutboxMail(mail) };
  }

  @Access("signed-in")
  @Mutation(() => HeldMailDecisionResult, {
    description:
      "Lets held mail of the organization go; what brings a link that leads nowhere any more stays held unless asked for. For organization admins.",
  })
  async releaseMail(
    @Ctx() context: Context,
    @Arg("input", () => ReleaseMailInput, { description: "Which mail." }) input: ReleaseMailInput,
  ): Promise<HeldMailResult | Refused> {
    const actor = actorOf(context);
    return toResult(
      await answerOnce(
        context,
        "releaseMail",
        input,
        (em) => this.#service.release(em, actor, input),
        heldAnswer,
      ),
    );
  }

  @Access("signed-in")
  @Mutation(() => HeldMailDecisionResult, {
    description: "Decides that held mail of the organization is not sent; for organization admins.",
  })
  async discardMail(
    @Ctx() context: Context,
    @Arg("input", () => DiscardMailInput, { description: "Which mail." }) input: DiscardMailInput,
  ): Promise<HeldMailResult | Refused> {
    const actor = actorOf(context);
    return toResult(
      await answerOnce(
        context,
        "discardMail",
        input,
        (em) => this.#service.discard(em, actor, input),
        heldAnswer,
      ),
    );
  }
}

const heldAnswer = {
  save: ({ decided, held, linkEnded }: HeldOutcome) => ({ decided, held, linkEnded }),
  load: async (_em: unknown, saved: Record<string, unknown>): Promise<HeldOutcome> => ({
    decided: Number(saved.decided),
    held: Number(saved.held),
    linkEnded: Number(saved.linkEnded),
  }),
};

function toResult(outcome: HeldOutcome | Refused): HeldMailResult | Refused {
  return isRefused(outcome)
    ? outcome
    : { decided: outcome.decided, heldCount: outcome.held, heldWithEndedLinks: outcome.linkEnded };
}

/** NOT_FOUND for another organization, as for none; FORBIDDEN with who can grant it for the organization's own people. */
function insistOnAdmin(actor: Actor | null, organizationId: string): void {
  if (actor === null || !belongsToOrganization(actor, organizationId)) {
    throw notFound();
  }
  const allowed = canManageMail(actor, organizationId);
  if (allowed !== true) {
    throw apiError("FORBIDDEN", allowed.message);
  }
}

function readCursor(after: string | null): string | null {
  const [id = null] = decodeCursor(after, 1) ?? [];
  if (id !== null && !/^[0-9a-f-]{36}$/i.test(String(id))) {
    throw apiError("BAD_INPUT", "after: this cursor did not come from this list. Start again without it.");
  }
  return id === null ? null : String(id);
}

function actorOf({ actor }: Context): Actor {
  if (actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return actor;
}
