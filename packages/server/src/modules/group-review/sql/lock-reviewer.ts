import { statement } from "../../../platform/database/statement.ts";

// $1 account, $2 site, $3 organization. A row when the account administers the site now; its roles then stay until
// the decision commits. What the session knew may have been taken away meanwhile.
export const lockReviewerStatement = statement<{ id: string }>(
  "groupReview.lockReviewer",
  `select r.id from role_assignment r
   where r.account_id = $1 and r.organization_id = $3
     and (r.role = 'ORGANIZATION_ADMIN' or (r.role = 'SITE_ADMIN' and r.site_id = $2))
   for share`,
);
