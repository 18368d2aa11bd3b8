import { statement } from "../../../platform/database/statement.ts";

// $1 organization, $2 name, $3 url name. No row when the url name is taken, by whomever and however recently.
export const createSiteStatement = statement<{ id: string }>(
  "directory.createSite",
  `insert into site (organization_id, name, url_name) values ($1, $2, $3)
   on conflict on constraint site_url_name_key do nothing
   returning id`,
);
