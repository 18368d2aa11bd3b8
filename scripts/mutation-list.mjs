/**
 * What is removed, one at a time, and the tests that must fail then. `find` stands exactly once in `file`.
 * A fence keeps a worker that lost its lease from writing; a lock makes decisions wait for one another; a unique
 * index makes the second of two equal rows impossible.
 */
const server = "packages/server/src";
const engine = `${server}/modules/migration/engine/sql`;
const foundation = "packages/server/migrations/0001-foundation.ts";

export const mutations = [
  {
    name: "fence of a batch",
    file: `${engine}/record-batch.ts`,
    find: " and m.lease_number = $4",
    replace: " and $4::bigint is not null",
    tests: ["test/engine"],
  },
  {
    name: "fence of a step",
    file: `${engine}/hold-fence.ts`,
    find: "m.lease_number = $2",
    replace: "$2::bigint is not null",
    tests: ["test/engine"],
  },
  {
    name: "one holder of a lease",
    file: `${engine}/take-lease.ts`,
    find: "where l.expires_at <= clock_timestamp() or",
    replace: "where true or",
    tests: ["test/engine"],
  },
  {
    name: "cursor of a batch",
    file: `${engine}/record-batch.ts`,
    find: "m.applied_ordinal = $2 and ",
    replace: "",
    tests: ["test/engine"],
  },
  {
    name: "lock of a decision",
    file: `${server}/modules/migration/sql/lock-migration.ts`,
    find: " for update`",
    replace: "`",
    tests: ["test/api"],
  },
  {
    name: "lock of a group",
    file: `${server}/modules/group-review/sql/lock-group.ts`,
    find: "   for update of m for no key update of g`",
    replace: "`",
    tests: ["test/group-review"],
  },
  {
    name: "unique address on a site",
    file: foundation,
    find: "constraint portal_customer_site_email_key unique (site_id, email)",
    replace: "constraint portal_customer_site_email_key check (email <> '')",
    tests: ["test/kinds", "test/import"],
  },
  {
    name: "unique membership of a list",
    file: foundation,
    find: "create unique index project_customer_account_key",
    replace: "create index project_customer_account_key",
    tests: ["test/kinds/copy-customers"],
  },
  {
    name: "one live migration of two sites",
    file: foundation,
    find: "create unique index migration_live_key",
    replace: "create index migration_live_key",
    tests: ["test/engine"],
  },
  {
    name: "one imported group of a run",
    file: foundation,
    find: "create unique index user_group_migration_key",
    replace: "create index user_group_migration_key",
    tests: ["test/kinds", "test/sql"],
  },
  {
    name: "one answer of a key",
    file: foundation,
    find: "  primary key (actor_account_id, operation, key)\n",
    replace: "  check (key <> '')\n",
    tests: ["test/api"],
  },
  {
    name: "lock of a sign-in",
    file: `${server}/modules/sign-in/sql/lock-person.ts`,
    find: " for no key update`",
    replace: "`",
    tests: ["test/sign-in"],
  },
  {
    name: "one use of a proof",
    file: `${server}/modules/proof/sql/consume-proof.ts`,
    find: " and consumed_at is null",
    replace: "",
    tests: ["test/proof", "test/recovery"],
  },
  {
    name: "lock of the roles",
    file: `${server}/modules/roles/sql/lock-roles.ts`,
    find: " for no key update`",
    replace: "`",
    tests: ["test/roles"],
  },
  {
    name: "one claim of a mail",
    file: `${server}/platform/mail/sql/claim-mail.ts`,
    find: "     for update skip locked\n",
    replace: "",
    tests: ["test/mail"],
  },
];
