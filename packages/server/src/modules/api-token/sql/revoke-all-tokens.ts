import { statement } from "../../../platform/database/statement.ts";

/** How many tokens were revoked, and those that concern each organization whose log tells of them. */
export interface RevokedTokens {
  revoked: number;
  organizations: { id: string; tokens: number }[];
}

// Told where a token gives more than reading one's own page: where its owner administers something.
export const revokeAllTokensStatement = statement<RevokedTokens>(
  "apiToken.revokeAllTokens",
  `with gone as (
     update api_token set revoked_at = now() where revoked_at is null returning id, account_id, organization_id
   ), concerned as (
     select r.organization_id as id, count(distinct g.id)::int as tokens
     from gone g join role_assignment r on r.account_id = g.account_id and r.role in ('ORGANIZATION_ADMIN', 'SITE_ADMIN')
       and (g.organization_id is null or g.organization_id = r.organization_id)
     group by r.organization_id
   )
   select (select count(*)::int from gone) as revoked,
     coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'tokens', c.tokens) order by c.id) from concerned c), '[]') as organizations`,
);
