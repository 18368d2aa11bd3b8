/**
 * Common table expression `word` over the organization of product $2: local parts that say what an address is (PRODUCT
 * 2.3). A word in both lists is a distribution list, as plans have it.
 */
export const kindWordsSql = `
  word as materialized (
    select lower(btrim(w.word)) as word, max(w.kind) as kind
    from product p join organization o on o.id = p.organization_id cross join lateral (
      select unnest(o.distribution_list_words), 'DISTRIBUTION_LIST' union all select unnest(o.bot_words), 'BOT') w (word, kind)
    where p.id = $2 group by 1
  )`;

/**
 * What the login of row `r` is once it is applied: linked to an account it stays a person; else what the file says, what is
 * known of the login `u` already, or what its address says.
 */
export const kindAfterSql = `case when u.account_id is not null then u.kind
  else coalesce(r.kind, u.kind, w.kind, 'PERSON') end`;
