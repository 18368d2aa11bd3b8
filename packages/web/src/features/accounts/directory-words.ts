/** The types one identity can have, for the filter. */
export const identityTypeWords = {
  PORTAL_ONLY: "Portal-only",
  ATLASSIAN_ACCOUNT: "Atlassian account",
};

/** Whether an identity may sign in on its site, for the filter. */
export const activeWords = { yes: "Active", no: "Deactivated" };
