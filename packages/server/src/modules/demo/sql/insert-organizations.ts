import { statement } from "../../../platform/database/statement.ts";

/** A new organization. */
export interface InsertedOrganizationRow {
  id: string;
  name: string;
}

/**
 * Makes organizations with their sites, products and claimed domains.
 * $1 json array of `{ name, domains: [text], sites: [{ name, urlName, products }], serverProducts }`, a product
 * being `{ kind, hosting, name }`; $2 distribution list words; $3 bot words.
 */
export const insertOrganizationsStatement = statement<InsertedOrganizationRow>(
  "demo.insertOrganizations",
  `with wanted as (
     select value, ordinality from jsonb_array_elements($1::jsonb) with ordinality
   ), made as (
     insert into organization (name, distribution_list_words, bot_words)
     select value ->> 'name', $2::text[], $3::text[] from wanted order by ordinality
     returning id, name
   ), wanted_site as (
     select m.id as organization_id, s.value, w.ordinality, s.ordinality as place
     from wanted w join made m on m.name = w.value ->> 'name',
       jsonb_array_elements(w.value -> 'sites') with ordinality s
   ), made_site as (
     insert into site (organization_id, name, url_name)
     select organization_id, value ->> 'name', value ->> 'urlName' from wanted_site order by ordinality, place
     returning id, organization_id, url_name
   ), made_product as (
     insert into product (organization_id, site_id, kind, hosting, name)
     select s.organization_id, s.id, p ->> 'kind', p ->> 'hosting', p ->> 'name'
     from wanted_site w join made_site s on s.url_name = w.value ->> 'urlName',
       jsonb_array_elements(w.value -> 'products') p
     union all
     select m.id, null, p ->> 'kind', p ->> 'hosting', p ->> 'name'
     from wanted w join made m on m.name = w.value ->> 'name', jsonb_array_elements(w.value -> 'serverProducts') p
   ), claimed as (
     insert into claimed_domain (domain, organization_id)
     select d, m.id
     from wanted w join made m on m.name = w.value ->> 'name', jsonb_array_elements_text(w.value -> 'domains') d
   )
   select id, name from made`,
);
