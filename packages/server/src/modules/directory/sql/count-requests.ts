// How many requests an identity reports or takes part in: what tells an undo that a person has used what the run gave
// them. One definition, so that the journal and the undo count alike.

/**
 * SQL for the requests of an account or, where that is null, of a portal-only account in some projects.
 * @param account expression of the account's id
 * @param portal expression of the portal-only account's id
 * @param projects expression of a uuid[] of projects
 */
export function requestsInProjectsSql(account: string, portal: string, projects: string): string {
  return countSql(account, portal, (request) => `${request}.project_id = any(${projects})`);
}

/** The same on a whole site. @param site expression of the site's id */
export function requestsOnSiteSql(account: string, portal: string, site: string): string {
  return countSql(account, portal, (request) => `${request}.site_id = ${site}`);
}

// A branch per type of account: each is one look-up by the index of its column.
function countSql(account: string, portal: string, among: (request: string) => string): string {
  const branch = (column: string, identity: string): string => `(
       (select count(*) from request r where r.reporter_${column} = ${identity} and ${among("r")})
       + (select count(*) from request_participant rp join request q on q.id = rp.request_id
          where rp.${column} = ${identity} and ${among("q")}))`;
  return `(case when ${account} is not null then ${branch("account_id", account)}
     else ${branch("portal_customer_id", portal)} end)::int`;
}
