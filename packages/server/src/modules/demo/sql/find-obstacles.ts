import { statement } from "../../../platform/database/statement.ts";

/** Something of the demo's name that belongs to somebody else, such as `site northwind-help`. */
export interface ObstacleRow {
  obstacle: string;
}

/** $1 url names, $2 domains that the demo is about to take. */
export const findObstaclesStatement = statement<ObstacleRow>(
  "demo.findObstacles",
  `select 'site ' || url_name as obstacle from site where url_name = any($1::text[])
   union all
   select 'domain ' || domain from claimed_domain where domain = any($2::text[])
   order by 1`,
);
