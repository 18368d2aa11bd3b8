import type { ExampleName } from "./example-names.ts";

/** An operation to start from, with its variables. */
export interface Example {
  query: string;
  variables: Record<string, unknown>;
}

/** What the examples are filled with, so that they run as they are. */
export interface ExampleIds {
  organizationId: string;
  /** The newest migration that has a plan, else the newest; null where there is none yet. */
  migrationId: string | null;
}

/** The text and variables of one example. */
export function buildExample(name: ExampleName, ids: ExampleIds): Example {
  const migration = { id: ids.migrationId ?? "id of a migration" };
  const texts: Record<ExampleName, Example> = {
    viewer: { query: viewerQuery, variables: {} },
    migrations: { query: migrationsQuery, variables: { organizationId: ids.organizationId } },
    plan: { query: planQuery, variables: migration },
    outcomes: { query: outcomesQuery, variables: migration },
    attention: { query: attentionQuery, variables: { ...migration, first: 25 } },
    events: { query: eventsSubscription, variables: { migrationId: migration.id, afterSequence: 0 } },
  };
  return texts[name];
}

const viewerQuery = `# Who is signed in, and what they may do.
query WhoAmI {
  viewer {
    account { name email }
    viewerCanMigrate
    viewerCanAudit
    organizations { id name viewerCanAdminister }
    adminSites { id name urlName }
  }
}
`;

const migrationsQuery = `# Migrations of an organization, newest first, with their progress.
query Migrations($organizationId: ID!) {
  migrations(organizationId: $organizationId, first: 10) {
    totalCount
    edges {
      node {
        id
        name
        state
        lastResult
        sourceSite { name }
        destinationSite { name }
        progress { processed total openAttention }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const planQuery = `# The dry run of one migration: what would happen to how many people, and what to fix first.
query PlanOfMigration($id: ID!) {
  migration(id: $id) {
    name
    state
    plan {
      fingerprint
      plannedAt
      totalItems
      create
      link
      unchanged
      notCopied
      requiresAttention
      failed
      groupName
      stale
      whatPeopleNotice
    }
    checks { code severity passed title fix affected }
  }
}
`;

const outcomesQuery = `# One row for each combination of source type and what the destination has.
query OutcomeTable($id: ID!) {
  migration(id: $id) {
    name
    plan {
      rows {
        sourceType
        destinationState
        typeAfter
        effect
        outcome
        problemText
        nextStepText
        count
      }
    }
  }
}
`;

const attentionQuery = `# Everyone who needs attention, with the problem and the next step.
# The next page: pass endCursor as after.
query AttentionQueue($id: ID!, $first: Int!, $after: String) {
  migration(id: $id) {
    name
    attentionByProblem { problem text count }
    items(first: $first, after: $after, filter: { openAttention: true }) {
      totalCount
      edges {
        node { email name problemText nextStepText recommendedAction viewerCanUpgrade }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`;

const eventsSubscription = `# Every event after afterSequence from the log, then live, without a gap or a repeat.
# After a cut, subscribe again with the last sequence you saw.
subscription LiveEvents($migrationId: ID!, $afterSequence: Int) {
  migrationEvents(migrationId: $migrationId, afterSequence: $afterSequence) {
    sequence
    type
    summary
    at
    payload
  }
}
`;
