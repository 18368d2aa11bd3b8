import { statement } from "../../../platform/database/statement.ts";

/** A table with its columns in order, and the tables its references name. */
export interface TableShape {
  table: string;
  columns: string[];
  refersTo: string[];
  /** Columns that take their value from a sequence. */
  counted: string[];
}

export const listTablesStatement = statement<TableShape>(
  "backup.listTables",
  `select c.relname as table,
     array(select a.attname::text from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
     array(select distinct f.confrelid::regclass::text from pg_constraint f
       where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid
       -- References that triggers check name their table as the trigger's first argument.
       union select split_part(encode(t.tgargs, 'escape'), '\\000', 1) from pg_trigger t join pg_proc p on p.oid = t.tgfoid
       where t.tgrelid = c.oid and p.proname in ('insist_on_parent', 'insist_on_parent_of_row', 'insist_on_parent_once')) as "refersTo",
     array(select a.attname::text from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null) as counted
   from pg_class c
   where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
   order by c.relname`,
);
