import type { Statement } from "../../platform/database/statement.ts";
import { eventStates, legalEventPairs } from "../migration/index.ts";
import { accessKeptStatement } from "./sql/access-kept.ts";
import { administratorsRemainStatement } from "./sql/administrators-remain.ts";
import { answeredOnceStatement } from "./sql/answered-once.ts";
import { auditChainedStatement } from "./sql/audit-chained.ts";
import { closedStayClosedStatement } from "./sql/closed-stay-closed.ts";
import { closingsDecidedStatement } from "./sql/closings-decided.ts";
import { countsTrueStatement } from "./sql/counts-true.ts";
import { databaseClockStatement } from "./sql/database-clock.ts";
import { decisionsAuditedStatement } from "./sql/decisions-audited.ts";
import { emailsCanonicalStatement } from "./sql/emails-canonical.ts";
import { eventsGapFreeStatement } from "./sql/events-gap-free.ts";
import { firstProofWipesStatement } from "./sql/first-proof-wipes.ts";
import { groupsDecidedStatement } from "./sql/groups-decided.ts";
import { inputKeptStatement } from "./sql/input-kept.ts";
import { leasesFencedStatement } from "./sql/leases-fenced.ts";
import { legalTransitionsStatement } from "./sql/legal-transitions.ts";
import { mailOnceStatement } from "./sql/mail-once.ts";
import { noSurplusStatement } from "./sql/no-surplus.ts";
import { nothingBeforeStartStatement } from "./sql/nothing-before-start.ts";
import { oneLiveMigrationStatement } from "./sql/one-live-migration.ts";
import { oneOrganizationStatement } from "./sql/one-organization.ts";
import { oneOutcomeStatement } from "./sql/one-outcome.ts";
import { planSealedStatement } from "./sql/plan-sealed.ts";
import { proofBeforeLinkStatement } from "./sql/proof-before-link.ts";
import { restoreSettledStatement } from "./sql/restore-settled.ts";
import { secretsHashedStatement } from "./sql/secrets-hashed.ts";
import { sessionsEndStatement } from "./sql/sessions-end.ts";
import { siteCountsTrueStatement } from "./sql/site-counts-true.ts";
import { undoRestoresStatement } from "./sql/undo-restores.ts";
import type { Violation } from "./violation.ts";

/** Something that holds in every database at every moment between two transactions, or why it cannot be looked at yet. */
export type Invariant = { id: InvariantId; title: string } & (
  | { statement: Statement<Violation>; parameters?: () => unknown[]; also?: readonly Statement<Violation>[] }
  | { notYet: string }
);

const auditedEvents = [
  ["CREATED", "migration.create"],
  ["PLANNING_STARTED", "migration.plan"],
  ["APPROVAL_GIVEN", "migration.approve_first"],
  ["APPROVED", "migration.approve"],
  ["STARTED", "migration.start"],
  ["PAUSED", "migration.pause"],
  ["RESUMED", "migration.resume"],
  ["RETRIED", "migration.retry"],
  ["BRAKE_RELEASED", "migration.release_brake"],
  ["CANCELLED", "migration.cancel"],
  ["COMPLETED", "migration.complete"],
  ["UPGRADED", "migration.upgrade"],
  ["SKIPPED", "migration.skip"],
  ["FOLLOW_UP_CREATED", "migration.plan_again"],
  ["UNDO_PLANNING", "migration.plan_undo"],
  ["UNDO_STARTED", "migration.undo"],
];

/** I1 to I27. */
export type InvariantId = `I${number}`;

/** Every invariant in order. */
export const invariants: readonly Invariant[] = [
  { id: "I1", title: "Access kept: every loss is explained", statement: accessKeptStatement },
  { id: "I2", title: "No surplus: every grant was approved", statement: noSurplusStatement },
  { id: "I3", title: "Proof before link", statement: proofBeforeLinkStatement },
  {
    id: "I4",
    title: "The first proof wipes what was there before",
    statement: firstProofWipesStatement,
  },
  { id: "I5", title: "One outcome per item, sums equal the plan", statement: oneOutcomeStatement },
  {
    id: "I6",
    title: "Every input record is kept, a rejected one with its reason",
    statement: inputKeptStatement,
  },
  { id: "I7", title: "The plan that ran is the one approved", statement: planSealedStatement },
  { id: "I8", title: "Nothing changes before the start", statement: nothingBeforeStartStatement },
  { id: "I9", title: "No session outlasts its end", statement: sessionsEndStatement },
  { id: "I10", title: "Events without a gap", statement: eventsGapFreeStatement },
  {
    id: "I11",
    title: "Only legal moves between states",
    statement: legalTransitionsStatement,
    parameters: () => [JSON.stringify(legalEventPairs()), JSON.stringify(eventStates())],
  },
  { id: "I12", title: "Leases are fenced", statement: leasesFencedStatement },
  { id: "I13", title: "One live migration per pair of sites", statement: oneLiveMigrationStatement },
  { id: "I14", title: "An idempotency key has its answer", statement: answeredOnceStatement },
  { id: "I15", title: "One mail per item and purpose, sent once", statement: mailOnceStatement },
  {
    id: "I16",
    title: "Decisions on groups and requests have a name and an audit entry",
    statement: groupsDecidedStatement,
  },
  {
    id: "I17",
    title: "Every organization keeps an admin who can sign in, every product its owner",
    statement: administratorsRemainStatement,
  },
  { id: "I18", title: "Parts belong to one organization", statement: oneOrganizationStatement },
  {
    id: "I19",
    title: "Every decision has its audit entry, and nobody changed one",
    statement: decisionsAuditedStatement,
    parameters: () => [JSON.stringify(auditedEvents)],
    also: [auditChainedStatement],
  },
  { id: "I20", title: "Secrets are kept as digests", statement: secretsHashedStatement },
  { id: "I21", title: "Emails are canonical", statement: emailsCanonicalStatement },
  { id: "I22", title: "Undo restores access", statement: undoRestoresStatement },
  { id: "I23", title: "Times are the database's", statement: databaseClockStatement },
  { id: "I24", title: "Counts equal their rows", statement: countsTrueStatement },
  { id: "I25", title: "A restore is settled", statement: restoreSettledStatement },
  { id: "I26", title: "Counts of sites equal their rows", statement: siteCountsTrueStatement },
  {
    id: "I27",
    title: "A closed account stays closed, by decisions with a name",
    statement: closedStayClosedStatement,
    also: [closingsDecidedStatement],
  },
];
