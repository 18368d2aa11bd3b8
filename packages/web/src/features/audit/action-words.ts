/** Actions of the audit log as people read them; one that is not here is shown by its name. */
export const actionWords: Record<string, string> = {
  "migration.create": "Migration made",
  "migration.plan": "Planning started",
  "migration.approve_first": "First approval of a plan",
  "migration.approve": "Plan approved",
  "migration.start": "Migration started",
  "migration.pause": "Migration paused",
  "migration.resume": "Migration resumed",
  "migration.retry": "Migration retried",
  "migration.plan_again": "People planned again",
  "migration.brake_trip": "Paused by a brake",
  "migration.release_brake": "Brake released",
  "organization.set_brake_limits": "Brake limits changed",
  "migration.cancel": "Migration stopped",
  "migration.complete": "Migration complete",
  "migration.upgrade": "Duplicates upgraded",
  "migration.skip": "Person skipped",
  "migration.plan_undo": "Undo planned",
  "migration.undo": "Undo started",
  "migration.undone": "Undo ended",
  "group.approve": "Group approved",
  "group.decline": "Group declined",
  "import.upload": "File uploaded",
  "import.rematch": "Columns changed",
  "import.apply": "File applied",
  "import.discard": "File discarded",
  "person.deactivate": "Deactivated",
  "person.reactivate": "Reactivated",
  "person.override_kind": "Kind of address changed",
  "site.create": "Site made",
  "role.grant": "Role given",
  "role.change": "Role changed",
  "role.revoke": "Role removed",
  "invitation.create": "Invitation sent",
  "invitation.resend": "Invitation sent again",
  "invitation.withdraw": "Invitation withdrawn",
  "invitation.accept": "Invitation accepted",
  "invitation.decline": "Invitation declined",
  "ownership.transfer": "Ownership passed on",
  "access_request.create": "Access asked for",
  "access_request.withdraw": "Request for access withdrawn",
  "access_request.approve": "Request for access approved",
  "access_request.decline": "Request for access declined",
  "api_token.create": "API token made",
  "api_token.revoke": "API token revoked",
  "demo.seed": "Demo made",
  "organization.update_kind_words": "Kind words changed",
  "organization.set_approval_policy": "Approval rule changed",
};

/** "migration.cancel" reads "Migration stopped"; an unknown "site.rename-all" reads "Site: rename all". */
export function nameAction(action: string): string {
  const known = actionWords[action];
  if (known) {
    return known;
  }
  const words = action.replace(".", ": ").replaceAll(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
