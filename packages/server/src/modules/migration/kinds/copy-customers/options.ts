import { z } from "zod";

/** Which people to copy: everyone of the source, or those of these service projects. */
export interface CopyCustomersOptions {
  allCustomers: boolean;
  /** Source project keys in upper case; looked at only when not everyone is copied. */
  projectKeys: string[];
  /** Only the people that this migration set aside and who still wait; absent for everyone in scope. */
  peopleOf?: string | undefined;
}

/** Parses and normalizes the options: keys trimmed, in upper case, each once; at least one unless everyone is copied. */
export const copyCustomersOptions: z.ZodType<CopyCustomersOptions> = z
  .object({
    allCustomers: z.boolean(),
    projectKeys: z
      .array(z.string().trim().toUpperCase().min(1, "A project key is empty."))
      .max(1_000, "Choose at most 1,000 service projects, or copy all customers.")
      .default([])
      .transform((keys) => [...new Set(keys)].toSorted()),
    peopleOf: z.uuid().optional(),
  })
  .refine((options) => options.allCustomers || options.projectKeys.length > 0, {
    path: ["projectKeys"],
    message: "Choose at least one service project, or copy all customers.",
  });
