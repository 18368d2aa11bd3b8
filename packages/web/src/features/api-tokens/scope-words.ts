import type { ApiTokenScope } from "@rehome/schema";

/** What a scope allows: short for the list, whole for the choice. */
export const scopeWords: Record<ApiTokenScope, { short: string; label: string; description: string }> = {
  READ: {
    short: "Read",
    label: "Read",
    description: "Lists, plans, progress and reports. Changes nothing.",
  },
  MIGRATE: {
    short: "Read and migrate",
    label: "Read and migrate",
    description: "Also uploads files, plans, approves, runs and everything else you may do.",
  },
};
