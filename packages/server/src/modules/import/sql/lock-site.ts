import { statement } from "../../../platform/database/statement.ts";

/** $1 site. Uploads of one site are applied one after the other; foreign keys to the site are not held up. */
export const lockSiteStatement = statement<{ name: string }>(
  "import.lockSite",
  `select name from site where id = $1 for no key update`,
);
