import { statement } from "../../../platform/database/statement.ts";

/** How a person gets in, as it stands. */
export interface WaysInRow {
  /** The stored hash; null where there is no password. */
  password: string | null;
  /** Null where two-step sign-in was never begun. */
  sealed_secret: Buffer | null;
  /** Null while two-step sign-in is off or being set up. */
  two_step_since: Date | null;
  /** Null while codes are taken. */
  locked_until: Date | null;
  recovery_codes_left: number;
  passkeys: number;
  /** The database's clock, in seconds since 1970. */
  seconds: number;
}

/** $1 auth_user.id. */
export const loadWaysInStatement = statement<WaysInRow>(
  "signIn.loadWaysIn",
  `select c.password, t.sealed_secret, t.confirmed_at as two_step_since,
     case when t.locked_until > clock_timestamp() then t.locked_until end as locked_until,
     (select count(*)::int from auth_recovery_code r where r.user_id = u.id and r.used_at is null) as recovery_codes_left,
     (select count(*)::int from auth_passkey p where p.user_id = u.id) as passkeys,
     extract(epoch from clock_timestamp())::float8 as seconds
   from auth_user u
   left join auth_credential c on c.user_id = u.id and c.provider_id = 'credential' and c.account_id = u.id::text
   left join auth_two_step t on t.user_id = u.id
   where u.id = $1`,
);
