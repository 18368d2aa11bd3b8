import { randomUUID } from "node:crypto";
import type { TestServer } from "./server.ts";
import { makePerson } from "./world.ts";

/**
 * The test password on an account that nobody has proven, as whoever got at the tables would set it, or an older
 * program. The hash is one that the product made itself, for somebody else.
 * @returns auth_user.id
 */
export async function plantPassword(server: TestServer, accountId: string): Promise<string> {
  const donor = `${randomUUID()}@donor.example`;
  await makePerson(server, donor);
  const { rows } = await server.pool.query<{ id: string }>(
    `with person as (
       insert into auth_user (account_id, email, name) select id, email, 'Planted' from account where id = $1 returning id
     ), credential as (
       insert into auth_credential (user_id, account_id, provider_id, password)
       select p.id, p.id::text, 'credential', c.password
       from person p, auth_user d join auth_credential c on c.user_id = d.id where d.email = $2
     )
     select id from person`,
    [accountId, donor],
  );
  return rows[0]?.id ?? "";
}
