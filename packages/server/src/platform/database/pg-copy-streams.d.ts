/** The part of pg-copy-streams that is used here; the package brings no types of its own. */
declare module "pg-copy-streams" {
  import type { Readable, ReadableOptions, Writable, WritableOptions } from "node:stream";
  import type { Submittable } from "pg";

  /** The stream that feeds a running `copy … from stdin`; destroying it undoes the COPY. */
  export type CopyStreamQuery = Writable & Submittable & { readonly rowCount: number };

  export function from(sql: string, options?: WritableOptions): CopyStreamQuery;

  /** The stream of rows of a running `copy … to stdout`. */
  export type CopyToStreamQuery = Readable & Submittable & { readonly rowCount: number };

  export function to(sql: string, options?: ReadableOptions): CopyToStreamQuery;
}
