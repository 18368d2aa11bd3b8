import { statement } from "../../../platform/database/statement.ts";

/** Requests in the current window, this one included and stopping at the limit plus one; and what is left of it. */
export interface RateLimitRow {
  count: number;
  seconds_left: number;
}

/**
 * Counts one request. $1 key, $2 window in seconds, $3 most requests per window.
 * Windows are fixed: the first request opens one. Rows nobody asked about for an hour go a few at a time; rows that
 * another request holds are passed over, as waiting for each other's rows could end in a deadlock.
 */
export const consumeRateLimitStatement = statement<RateLimitRow>(
  "signIn.consumeRateLimit",
  `with stale as (
     delete from auth_rate_limit where key in (
       select key from auth_rate_limit
       where key <> $1 and window_started_at < now() - interval '1 hour'
       limit 20 for update skip locked))
   insert into auth_rate_limit as seen (key, count, window_started_at) values ($1, 1, now())
   on conflict (key) do update set
     count = case when seen.window_started_at + make_interval(secs => $2) <= now() then 1
       else least(seen.count, $3::int) + 1 end,
     window_started_at = case when seen.window_started_at + make_interval(secs => $2) <= now() then now()
       else seen.window_started_at end
   returning count, extract(epoch from window_started_at + make_interval(secs => $2) - now())::float8 as seconds_left`,
);
