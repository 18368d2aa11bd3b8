import type { Request } from "express";
import { z } from "zod";
import { FILE_KINDS } from "../files/header-fields.ts";
import { UploadFault } from "./answer.ts";

const choicesSchema = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("is not JSON");
      return z.NEVER;
    }
  })
  .pipe(z.array(z.object({ header: z.string(), field: z.string().nullable() })).max(500));

const fieldsSchema = z.object({
  siteId: z.string("is missing; send it before the file, or as a query parameter"),
  fileKind: z.enum(FILE_KINDS, `must be one of ${FILE_KINDS.join(", ")}, or absent`).optional(),
  mapping: choicesSchema.optional(),
});

/** What is said about a file: its site, its kind, and columns chosen by a person as `[{ header, field }]`. */
export type UploadFields = z.infer<typeof fieldsSchema>;

/**
 * Reads the fields from the form's parts before the file, else from the query; empty ones count as absent.
 * @throws UploadFault that names the field
 */
export function readUploadFields(request: Request, parts: ReadonlyMap<string, string>): UploadFields {
  const given = ["siteId", "fileKind", "mapping"].map((name) => [
    name,
    parts.get(name) ?? request.query[name],
  ]);
  const parsed = fieldsSchema.safeParse(Object.fromEntries(given.filter(([, value]) => value !== "")));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UploadFault(
      "BAD_INPUT",
      `${issue?.path[0]?.toString() ?? "fields"}: ${issue?.message ?? "cannot be read"}.`,
    );
  }
  return parsed.data;
}
