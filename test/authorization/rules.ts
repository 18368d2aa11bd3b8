import {
  adminChanges,
  admins,
  destinationChanges,
  inSession,
  nobody,
  sessionAdmins,
  sessionSiteAdmins,
  signedIn,
  siteAdmins,
  sourceChanges,
  type Who,
} from "./roles.ts";

export interface FieldRule {
  /** Who is let through with what is their own organization's; with another's or nobody's it is nobody. */
  may: Who;
  /** Values by name of argument or input field, where the usual ones never get as far as the rule; null leaves an id out. */
  values?: Record<string, unknown>;
  /** For what works over connections of its own: it is not taken back afterwards. */
  commits?: boolean;
}

/** Who may ask which root field. A new field: one line here, and in world.ts an example for each id it asks for. */
export const fieldRules: Record<string, FieldRule> = {
  "Query.auditLog": { may: admins },
  "Query.directory": { may: siteAdmins },
  "Query.organization": { may: signedIn },
  "Query.account": { may: siteAdmins },
  "Query.portalCustomer": { may: siteAdmins },
  "Query.site": { may: signedIn },
  "Query.viewer": { may: signedIn },
  // By the secret of a mailed link: test/services. A wrong one is answered alike to everybody.
  "Query.serviceLink": { may: inSession },
  "Query.outbox": { may: admins },
  "Query.migration": { may: siteAdmins },
  "Query.migrations": { may: siteAdmins },
  "Query.importFile": { may: siteAdmins },
  "Query.invitations": { may: siteAdmins },
  "Query.peopleWithRoles": { may: siteAdmins },
  "Query.importedGroups": { may: siteAdmins },
  "Query.importedGroup": { may: siteAdmins },
  "Query.myWork": { may: signedIn },
  "Mutation.createSite": { may: adminChanges, values: { urlName: "third-site" } },
  "Mutation.updateKindWords": {
    may: adminChanges,
    values: { distributionListWords: "list", botWords: "robot" },
  },
  "Mutation.setApprovalPolicy": { may: adminChanges },
  "Mutation.overridePersonKind": { may: destinationChanges },
  "Mutation.setActive": { may: destinationChanges },
  "Mutation.endPersonSessions": { may: sessionAdmins },
  "Mutation.createApiToken": { may: sessionSiteAdmins },
  "Mutation.revokeApiToken": { may: sessionAdmins },
  "Mutation.createServiceAccount": { may: sessionAdmins },
  "Mutation.removeServiceAccount": { may: sessionAdmins },
  "Mutation.createServiceToken": { may: sessionAdmins },
  "Mutation.revokeServiceToken": { may: sessionAdmins },
  "Mutation.requestServiceConnection": { may: inSession, values: { email: "login@elsewhere.example" } },
  // Of one's own.
  "Mutation.cancelServiceConnection": { may: sessionAdmins },
  "Mutation.disconnectService": { may: sessionAdmins },
  // As Query.serviceLink.
  "Mutation.confirmServiceConnection": { may: inSession },
  "Mutation.retryMail": { may: adminChanges },
  "Mutation.releaseMail": { may: adminChanges },
  "Mutation.discardMail": { may: adminChanges },
  "Mutation.createMigration": { may: adminChanges },
  "Mutation.planMigration": { may: adminChanges },
  "Mutation.approveMigration": { may: adminChanges },
  "Mutation.startMigration": { may: adminChanges },
  "Mutation.pauseMigration": { may: adminChanges },
  "Mutation.resumeMigration": { may: adminChanges },
  "Mutation.retryMigration": { may: adminChanges },
  "Mutation.planAgain": { may: adminChanges },
  "Mutation.cancelMigration": { may: adminChanges },
  "Mutation.upgradeDuplicates": { may: adminChanges },
  "Mutation.skipItem": { may: adminChanges },
  "Mutation.releaseBrake": { may: adminChanges },
  "Mutation.setBrakeLimits": { may: adminChanges },
  "Mutation.planUndo": { may: adminChanges },
  "Mutation.startUndo": { may: adminChanges },
  "Mutation.applyImport": { may: sourceChanges, commits: true },
  "Mutation.discardImport": { may: sourceChanges, commits: true },
  "Mutation.rematchImport": { may: sourceChanges, commits: true },
  "Mutation.requestAccess": { may: inSession },
  "Mutation.withdrawAccessRequest": { may: sessionAdmins },
  "Mutation.approveAccessRequest": { may: ["SOURCE_ADMIN", ...sessionAdmins] },
  "Mutation.declineAccessRequest": { may: ["SOURCE_ADMIN", ...sessionAdmins] },
  "Mutation.inviteToRole": {
    may: sessionAdmins,
    values: { email: "new.person@acme.example", siteId: null, productId: null },
  },
  "Mutation.offerOwnership": { may: sessionAdmins, values: { email: "new.person@acme.example" } },
  "Mutation.resendInvitation": { may: sessionAdmins },
  "Mutation.withdrawInvitation": { may: sessionAdmins },
  // By the secret of a mailed link, which nobody here holds: test/roles.
  "Mutation.acceptInvitation": { may: nobody },
  // Of one's own; the one here is addressed to somebody else.
  "Mutation.declineInvitation": { may: nobody },
  "Mutation.grantRole": { may: sessionAdmins },
  "Mutation.changeRole": { may: sessionAdmins },
  "Mutation.revokeRole": { may: sessionAdmins },
  "Mutation.approveGroup": { may: destinationChanges },
  "Mutation.declineGroup": { may: destinationChanges },
  "Subscription.auditTail": { may: admins },
  "Subscription.migrationEvents": { may: siteAdmins },
  "Subscription.migrationProgress": { may: siteAdmins },
  "Subscription.attentionCount": { may: siteAdmins },
  "Subscription.groupReviews": { may: siteAdmins },
};
