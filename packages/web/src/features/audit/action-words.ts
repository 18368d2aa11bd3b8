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
  "account.prove": "Email confirmed",
  "account.reset_password": "Password set by mail",
  "account.ask_email_change": "Change of email asked for",
  "account.drop_email_change": "Change of email dropped",
  "account.refuse_email_change": "Change of email stopped by its owner",
  "account.change_email": "Email changed",
  "site.create": "Site made",
  "api_token.create": "API token made",
  "api_token.revoke": "API token revoked",
  "service_account.create": "Service account made",
  "service_account.remove": "Service account removed",
  "sign_in.change_password": "Password changed",
  "sign_in.two_step_on": "Two-step sign-in turned on",
  "sign_in.two_step_off": "Two-step sign-in turned off",
  "sign_in.renew_recovery_codes": "New recovery codes",
  "sign_in.use_recovery_code": "Recovery code used",
  "sign_in.lock_two_step": "Too many wrong codes",
  "sign_in.add_passkey": "Passkey added",
  "sign_in.remove_passkey": "Passkey removed",
  "mail.retry": "Mail tried again",
  "mail.release": "Held mail released",
  "mail.discard": "Held mail discarded",
  "mail.hold_restored": "Mail held after a restore",
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
