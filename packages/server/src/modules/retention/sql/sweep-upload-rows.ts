import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows of each file kind. Rows of uploads that were marked, found upload by upload through the key.
export const sweepUploadRowsStatement = statement<Swept>(
  "retention.sweepUploadRows",
  `with customers as (
     delete from customer_row where ctid = any(array(
       select r.ctid from import_file f cross join lateral (select r.ctid from customer_row r where r.import_id = f.id limit $1::int) r
       where f.rows_removed_at is not null limit $1::int))
     returning 1
   ), requests as (
     delete from request_row where ctid = any(array(
       select r.ctid from import_file f cross join lateral (select r.ctid from request_row r where r.import_id = f.id limit $1::int) r
       where f.rows_removed_at is not null limit $1::int))
     returning 1
   ), projects as (
     delete from project_row where ctid = any(array(
       select r.ctid from import_file f cross join lateral (select r.ctid from project_row r where r.import_id = f.id limit $1::int) r
       where f.rows_removed_at is not null limit $1::int))
     returning 1
   ), users as (
     delete from product_user_row where ctid = any(array(
       select r.ctid from import_file f cross join lateral (select r.ctid from product_user_row r where r.import_id = f.id limit $1::int) r
       where f.rows_removed_at is not null limit $1::int))
     returning 1
   )
   select ((select count(*) from customers) + (select count(*) from requests) + (select count(*) from projects)
     + (select count(*) from users))::int as swept`,
);
