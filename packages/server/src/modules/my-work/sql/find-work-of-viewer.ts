import { statement } from "../../../platform/database/statement.ts";

// $1: organizations the actor belongs to; $2: sites they administer; $3: organizations they administer whole; $4: products
// whose users they may read.
export const findWorkOfViewerStatement = statement<{
  runningIds: string[];
  waitingIds: string[];
  attentionIds: string[];
  openAttention: number;
  groupIds: string[];
  importIds: string[];
}>(
  "myWork.findWorkOfViewer",
  `with seen as (
     select m.* from migration m
     where m.organization_id = any($1::uuid[])
       and (m.organization_id = any($3::uuid[]) or m.source_site_id = any($2::uuid[]) or m.destination_site_id = any($2::uuid[]))
   ), groups as (
     select g.id from user_group g join site s on s.id = g.site_id
     where g.review_state <> 'DECLINED'
       and (s.organization_id = any($3::uuid[]) or g.site_id = any($2::uuid[]))
       and exists (select 1 from user_group_member gm where gm.group_id = g.id and not gm.approved)
   ), uploads as (
     select f.id from import_file f
     where f.organization_id = any($1::uuid[]) and f.state not in ('DISCARDED')
       and (f.organization_id = any($3::uuid[]) or f.site_id = any($2::uuid[]) or f.product_id = any($4::uuid[]))
     order by f.id desc limit 5
   )
   select array(select id from seen where state in ('CHECKING', 'RUNNING', 'PAUSED', 'VERIFYING') order by id desc) as "runningIds",
     array(select id from seen where state in ('PLANNED', 'APPROVED') order by id desc) as "waitingIds",
     array(select id from seen where open_attention_count > 0 order by id desc limit 10) as "attentionIds",
     coalesce((select sum(open_attention_count) from seen), 0)::int as "openAttention",
     array(select id from groups order by id desc) as "groupIds",
     array(select id from uploads order by id desc) as "importIds"`,
);
