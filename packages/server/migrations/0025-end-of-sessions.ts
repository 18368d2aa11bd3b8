import { Migration } from "@mikro-orm/migrations";

const ends = `
-- When the account's sessions were last ended as a whole: by a migration, or by an admin. Nothing that let anybody in
-- by a session before is alive afterwards.
alter table account add column sessions_ended_at timestamptz;
`;

/** When the sessions of an account were ended. */
export class Migration0025EndOfSessions extends Migration {
  override up(): void {
    this.addSql(ends);
  }
}
