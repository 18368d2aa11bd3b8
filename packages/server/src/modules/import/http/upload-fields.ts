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

const fieldsSchema = z
  .object({
    siteId: z.string().optional(),
    productId: z.string().optional(),
    fileKind: z.enum(FILE_KINDS, `must be one of ${FILE_KINDS.join(", ")}, or absent`).optional(),
    mapping: choicesSchema.optional(),
  })
  .superRefine(({ siteId, productId, fileKind }, context) => {
    if (siteId === undefined && productId === undefined) {
      const message =
        "is missing; send it, or productId for product users, before the file or as a query parameter";
      context.addIssue({ code: "custom", path: ["siteId"], message });
    } else if (siteId !== undefined && productId !== undefined) {
      const message = "goes without siteId: a file is for a site or for a product";
      context.addIssue({ code: "custom", path: ["productId"], message });
    } else if (fileKind !== undefined && (fileKind === "PRODUCT_USERS") !== (productId !== undefined)) {
      const message =
        productId === undefined
          ? "PRODUCT_USERS needs productId in place of siteId"
          : "must be PRODUCT_USERS or absent for a product";
      context.addIssue({ code: "custom", path: ["fileKind"], message });
    }
  });

/** What is said about a file: its site or product, its kind, and columns chosen by a person as `[{ header, field }]`. */
export type UploadFields = z.infer<typeof fieldsSchema>;

/**
 * Reads the fields from the form's parts before the file, else from the query; empty ones count as absent.
 * @throws UploadFault that names the field
 */
export function readUploadFields(request: Request, parts: ReadonlyMap<string, string>): UploadFields {
  const given = ["siteId", "productId", "fileKind", "mapping"].map((name) => [
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
