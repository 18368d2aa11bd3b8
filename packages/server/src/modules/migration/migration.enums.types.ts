import { graphqlEnum } from "../../platform/graphql/types.ts";

export const MigrationKindEnum = graphqlEnum("MigrationKind", "What is moved where.", {
  COPY_CUSTOMERS: "Customers of a source site's service projects are copied to a destination site.",
});

export const MigrationStateEnum = graphqlEnum("MigrationState", "Where a migration stands.", {
  DRAFT: "Created, not planned yet.",
  CHECKING: "The plan is being made; nothing is changed.",
  PLANNED: "Every person's outcome is known; waiting for approval.",
  APPROVED: "The plan is sealed; waiting for the start.",
  RUNNING: "Batches are being applied.",
  PAUSED: "Stopped at a batch edge; can go on.",
  AWAITING_USERS: "Everything is moved; people still have to finish their account.",
  VERIFYING: "Access before and after is being compared.",
  COMPLETED: "Done, and nobody requires attention.",
  COMPLETED_WITH_ATTENTION: "Done; some people require attention.",
  FAILED: "Stopped at a batch edge by an error.",
  CANCELLED: "Stopped for good at a batch edge by an admin.",
  UNDOING: "Being undone.",
  UNDONE: "Undone.",
});

export const OutcomeEnum = graphqlEnum(
  "Outcome",
  "How one row of a migration ends; every row has exactly one.",
  {
    SUCCESSFUL: "Nothing is left to do.",
    REQUIRES_ATTENTION: "A person must act; problem and next step say what.",
    FAILED: "Not copied; the reason says what to change.",
  },
);

export const ItemEffectEnum = graphqlEnum("ItemEffect", "What the run does for one row.", {
  CREATE: "Creates a portal-only account on the destination.",
  LINK: "Uses the identity the person has, on the destination or as an account.",
  UNCHANGED: "Leaves the destination as it is.",
  NOT_COPIED: "The row is not copied.",
});

export const DestinationStateEnum = graphqlEnum(
  "DestinationState",
  "What the destination site has for the same email before the run.",
  {
    NOTHING: "No portal-only account and no presence of an account.",
    PORTAL_ONLY: "A portal-only account.",
    ACCOUNT_WITH_ROLE: "An Atlassian account with the Customer role.",
    ACCOUNT_WITHOUT_ROLE: "An Atlassian account without the Customer role.",
    BOTH: "A portal-only account and an Atlassian account.",
    INACTIVE: "A deactivated account or revoked portal access.",
    MANAGED_ELSEWHERE: "An Atlassian account that another organization manages.",
  },
);

export const ProblemEnum = graphqlEnum("Problem", "Why a row requires attention or was not copied.", {
  ACCOUNT_WITHOUT_CUSTOMER_ROLE:
    "The account reaches no service project until the imported group is approved.",
  DUPLICATE_ACCOUNTS_ON_DESTINATION: "The email has both account types on the destination.",
  INACTIVE_ON_DESTINATION: "Deactivated, or portal access revoked, on the destination.",
  INACTIVE_ON_SOURCE: "Inactive on the source.",
  MANAGED_BY_ANOTHER_ORGANIZATION: "Another organization manages the account.",
  UNSUPPORTED_ADDRESS: "The address has a non-ASCII or quoted local part.",
  DISTRIBUTION_LIST: "A shared address, never an account.",
  BOT: "A non-human account.",
  INVALID_EMAIL: "Not an email address.",
  DUPLICATE_ROW: "An earlier row, or the person's Atlassian account, already stands for this email.",
  BAD_ROW: "The row of the file could not be read.",
  CUSTOMER_ROLE_DECLINED: "The imported group was declined.",
  COULD_NOT_BE_WRITTEN:
    "Set aside: the person changed after the plan was sealed, or the database refused the row.",
});

export const NextStepEnum = graphqlEnum("NextStep", "What a person does about a row.", {
  REVIEW_GROUP: "Review the imported group; approving it gives the Customer role.",
  UPGRADE: "Upgrade the portal-only account to the Atlassian account.",
  UPGRADE_THEN_COPY_AGAIN: "Upgrade, then copy again.",
  REACTIVATE_THEN_COPY_AGAIN: "Reactivate the account, then copy again.",
  ASK_MANAGING_ORGANIZATION: "Ask the organization that manages the account, then copy again.",
  CHANGE_ADDRESS: "Change the address at the source, then copy again.",
  CORRECT_ROW: "Correct the row and upload it again.",
  ASK_SITE_ADMIN: "Ask a site admin to give the Customer role.",
  COPY_AGAIN: "Copy again.",
});

export const ResolutionEnum = graphqlEnum("Resolution", "How attention for a row was settled.", {
  APPROVED: "The Customer role was approved through the imported group.",
  DECLINED: "The imported group was declined.",
  UPGRADED: "The portal-only account was upgraded.",
  SKIPPED: "An admin decided to leave it, with a reason.",
  PLANNED_AGAIN: "The person was planned again in a follow-up migration.",
});

export const ProofVerdictEnum = graphqlEnum("ProofVerdict", "What the access proof of a run says.", {
  PASSED: "Every difference is explained.",
  FAILED: "At least one difference is not explained.",
});

export const AccessChangeEnum = graphqlEnum(
  "AccessChange",
  "What happened to somebody's access to a resource.",
  {
    GAINED: "Reached now, and not before or not as expected.",
    LOST: "Not reached now, but before or as expected.",
  },
);

export const ProofCauseEnum = graphqlEnum("ProofCause", "What in a run explains a difference in access.", {
  CREATED: "A portal-only account was created.",
  ADDED: "The Atlassian account was added to the site.",
  CARRIED_TO_PORTAL_ONLY: "A project list was carried to the portal-only account.",
  CARRIED_TO_ACCOUNT: "A project list was carried to the Atlassian account.",
  DUPLICATE: "Both account types stand on the site, and sign-in resolves to the Atlassian account.",
  APPROVED: "The Customer role was approved through the imported group.",
  UPGRADED: "The portal-only account was upgraded.",
  ACCOUNT_CLOSED: "The account was closed, or removed from the organization, because its owner asked for it.",
  OTHER_MIGRATION: "Another migration to the same site accounts for it.",
});

export const CheckSeverityEnum = graphqlEnum("CheckSeverity", "How much a check weighs.", {
  BLOCKER: "The run cannot be approved until it passes.",
  WARNING: "People are affected; read it before approving.",
  INFO: "Good to know.",
});

export const MigrationEventTypeEnum = graphqlEnum(
  "MigrationEventType",
  "What an event of a migration tells.",
  {
    CREATED: "The migration was created.",
    PLANNING_STARTED: "A plan was asked for.",
    PLANNED: "The plan is ready.",
    PLANNING_FAILED: "The plan could not be made.",
    APPROVAL_GIVEN: "The plan was approved; a second approver is awaited.",
    APPROVED: "The plan was sealed.",
    STARTED: "The run began.",
    GROUP_CREATED: "The imported group was made.",
    BATCH_APPLIED: "A batch of rows is done.",
    PAUSED: "The run was paused.",
    BRAKE_TRIPPED: "A brake paused the run before the batch that would have passed its limit.",
    BRAKE_RELEASED: "Somebody released a brake for the rest of the run.",
    RESUMED: "The run goes on.",
    VERIFYING: "All rows are done; access is being compared.",
    COMPLETED: "The run ended.",
    PROOF_PASSED: "Access was compared again and every difference is explained.",
    PROOF_FAILED: "Some changes in access cannot be explained.",
    FAILED: "The run was stopped by an error.",
    RETRIED: "A run that an error had stopped goes on.",
    CANCELLED: "The run was stopped by an admin.",
    GROUP_APPROVED: "Members of the imported group got the Customer role.",
    GROUP_DECLINED: "The imported group was declined.",
    UPGRADED: "Portal-only accounts were upgraded.",
    SKIPPED: "A row was left as it is by an admin.",
    FOLLOW_UP_CREATED: "People set aside are planned again in another migration.",
    FOLLOW_UP_SETTLED: "The migration that planned set-aside people again has ended.",
    UNDO_PLANNING: "An undo was asked for and is being planned; nobody is changed.",
    UNDO_PLANNED: "The plan of an undo is ready.",
    UNDO_STARTED: "An undo began.",
    UNDO_BATCH: "A batch of an undo is done.",
    UNDO_PLANNING_FAILED: "An undo could not be planned; nobody was changed.",
    UNDO_FAILED: "An undo stopped at a batch edge.",
    UNDONE: "An undo ended.",
  },
);
