import { statement } from "../../../platform/database/statement.ts";

// $1 organization, $2 sites the viewer administers (either end of the migration), null for all of them.
export const sumOpenAttentionStatement = statement<{ count: number }>(
  "groupReview.sumOpenAttention",
  `select coalesce(sum(m.open_attention_count), 0)::int as count
   from migration m
   where m.organization_id = $1 and m.open_attention_count > 0
     and ($2::uuid[] is null or m.source_site_id = any($2) or m.destination_site_id = any($2))`,
);
