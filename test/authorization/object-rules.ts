import {
  adminChanges,
  admins,
  inSession,
  productChanges,
  productReaders,
  sessionAdmins,
  sessionSiteAdmins,
  signedIn,
  siteAdmins,
  siteChanges,
  uploadReaders,
  type Who,
} from "./roles.ts";

export interface TypeRule {
  /** Who is ever handed one, through whatever root field. */
  to: Who;
  /** Every field, in words: a new one is one more word. */
  fields: string;
  /** Fields that the world of the matrix has no example of; "all" for a whole type. They are held to `to` when they come up. */
  unseen?: string;
  /** Roles that the world gives no occasion to be handed one. */
  unseenBy?: Who;
}

const all = "all";

/** Their question about everything a viewer has fails at a list of their organization before slower fields are read. */
const belowSiteAdmins: Who = ["MEMBER", "PRODUCT_ADMIN", "PRODUCT_OWNER"];

/** Who is handed which objects. A new type: one line here. */
export const typeRules: Record<string, TypeRule> = {
  AuditConnection: { to: admins, fields: "edges pageInfo totalCount totalIsEstimate" },
  AuditEdge: { to: admins, fields: "cursor node" },
  AuditEntry: {
    to: admins,
    fields: "id at action subjectType subjectId summary before after sequence hash actor",
  },
  PersonRef: { to: signedIn, fields: "id name email" },
  PageInfo: { to: uploadReaders, fields: "hasNextPage hasPreviousPage startCursor endCursor" },
  DirectoryConnection: { to: siteAdmins, fields: "edges pageInfo totalCount totalIsEstimate" },
  DirectoryEdge: { to: siteAdmins, fields: "cursor node" },
  DirectoryEntry: {
    to: siteAdmins,
    fields: "id email name type active customerRole kind duplicate profileId site",
  },
  Site: {
    to: signedIn,
    fields:
      "id name urlName createdAt organization products projects admins counts viewerCanAdminister imports",
  },
  Organization: {
    to: signedIn,
    fields:
      "id name createdAt distributionListWords botWords secondApproverRequired sites products claimedDomains admins viewerCanAdminister serviceAccounts brakeLimits",
  },
  Product: {
    to: signedIn,
    fields:
      "id name kind hosting site owner ownershipOffer viewerCanTransfer users userCounts viewerCanManageUsers imports",
  },
  ProductUserConnection: { to: productReaders, fields: "edges pageInfo totalCount" },
  ProductUserEdge: { to: productReaders, fields: "cursor node" },
  ProductUser: {
    to: productReaders,
    fields:
      "id email loginName name role active kind authentication toldVerified lastActiveAt addressConfirmedAt waitingLink flag account",
  },
  ProductUserFlag: { to: productReaders, fields: "reason products remedies" },
  AddressLink: { to: productReaders, fields: "email expiresAt", unseen: all },
  ProductUserCounts: { to: productReaders, fields: "total active bots distributionLists linked flagged" },
  ProductUserAnswer: { to: productChanges, fields: "productUser" },
  ProductUserEffects: {
    to: productReaders,
    fields: "distributionLists bots flaggedBots keptHashes refusedHashes",
    unseen: all,
  },
  RoleAssignment: { to: signedIn, fields: "id role account site product viewerCanChange viewerCanRevoke" },
  Invitation: {
    to: sessionAdmins,
    fields: "id role email generation sentAt expiresAt expired site product invitedBy viewerCanChange",
    unseen: "site product invitedBy",
  },
  ServiceAccount: {
    to: admins,
    fields: "id name purpose email createdAt lastUsedAt removedAt createdBy sites apiTokens",
  },
  ApiToken: {
    to: siteAdmins,
    fields: "id name hint scope createdAt expiresAt lastUsedAt revokedAt organization",
  },
  BrakeLimit: { to: signedIn, fields: "brake percent leastPeople defaultPercent defaultLeastPeople" },
  ServiceProject: { to: siteAdmins, fields: "id key name access listedCustomers requestCount" },
  SiteCounts: {
    to: siteAdmins,
    fields: "accounts accountsWithCustomerRole portalCustomers deactivated requests bothTypes",
  },
  ImportFile: {
    to: uploadReaders,
    fields:
      "id fileKind fileName state isCorrection bytes totalRows goodRows badRows warningRows columns failure failureCode createdAt appliedAt effects site product createdBy rows",
  },
  ImportColumn: { to: siteAdmins, fields: "header index field matchedBy" },
  ImportEffects: {
    to: siteAdmins,
    fields: "newPeople updatedPeople duplicates unknownProjectKeys unknownReporters productUsers",
  },
  ImportRowConnection: { to: uploadReaders, fields: "edges pageInfo totalCount" },
  ImportRowEdge: { to: siteAdmins, fields: "cursor node" },
  ImportRow: { to: siteAdmins, fields: "rowNumber state cells email summary problemColumn problem warning" },
  PersonProfile: {
    to: siteAdmins,
    fields: "id email name type createdAt managedBy presences roles history closedAt reopeningOrganizationId",
  },
  SitePresence: {
    to: siteAdmins,
    fields: "type active customerRole groups resolvesSignIn requestCount site projects requests",
  },
  ReachableProject: { to: siteAdmins, fields: "key name reachable why" },
  ReachableRequest: { to: siteAdmins, fields: "key summary projectKey reachable relation createdAt" },
  Viewer: {
    to: signedIn,
    fields:
      "viewerCanMigrate viewerCanAudit account organizations roles adminSites access apiTokens accessRequests invitations services closing closingOutlook",
    unseen: "access",
  },
  ViewerServices: { to: signedIn, unseenBy: belowSiteAdmins, fields: "connected offered pending services" },
  ServiceProduct: {
    to: inSession,
    unseenBy: [...belowSiteAdmins, "SOURCE_ADMIN", "DESTINATION_ADMIN"],
    fields: "id name kind hosting organizationName",
  },
  ConnectedService: {
    to: sessionAdmins,
    fields: "id product email loginName active linkedAt",
  },
  OfferedLogin: { to: sessionAdmins, fields: "id product loginName obstacle" },
  PendingConnection: { to: inSession, fields: "id product email loginName askedAt expiresAt" },
  Service: {
    to: inSession,
    unseenBy: belowSiteAdmins,
    fields: "id type name kind hosting organizationName because viewerCanAsk asked",
  },
  // By the secret of a mailed link alone.
  ServiceLink: {
    to: inSession,
    fields: "product email loginName accountEmail replaces moves expiresAt",
    unseen: all,
  },
  PendingConnectionResult: { to: inSession, fields: "pending" },
  ViewerServicesResult: { to: sessionAdmins, fields: "changedId services" },
  ViewerAccess: { to: signedIn, fields: "projects requests", unseen: all },
  AccessRequest: {
    to: signedIn,
    // Has the role that is asked for.
    unseenBy: ["DESTINATION_ADMIN"],
    fields:
      "id wish reason state createdAt decidedAt decisionReason account decidedBy site product viewerCanDecide",
  },
  ClosingRequest: {
    to: admins,
    fields: "id state reason askedAt decidedAt decisionReason account decidedBy organization viewerCanDecide",
  },
  AccountClosing: {
    to: inSession,
    // Have not asked.
    unseenBy: ["MEMBER", "PRODUCT_ADMIN", "PRODUCT_OWNER", "SOURCE_ADMIN", "DESTINATION_ADMIN"],
    fields: "id state reason askedAt endedAt decisions",
  },
  ClosingDecision: {
    to: inSession,
    unseenBy: ["MEMBER", "PRODUCT_ADMIN", "PRODUCT_OWNER", "SOURCE_ADMIN", "DESTINATION_ADMIN"],
    fields: "organizationName state deciders decidedAt decisionReason",
  },
  ClosingOutlook: { to: inSession, fields: "handOver organizations deciders" },
  ReceivedInvitation: {
    to: signedIn,
    fields: "id role organizationName placeName inviter expiresAt",
    unseen: all,
  },
  OutboxConnection: { to: admins, fields: "edges pageInfo heldCount heldWithEndedLinks" },
  OutboxEdge: { to: admins, fields: "cursor node" },
  OutboxMail: {
    to: admins,
    fields:
      "id purpose generation to subject state attempts heldReason problem nextStep linkEnded createdAt nextAttemptAt settledAt canRetry",
  },
  Migration: {
    to: siteAdmins,
    fields:
      "id number name kind state allCustomers projectKeys createdAt plannedAt approvedAt startedAt finishedAt lastResult undoneCount undoSetAsideCount failure approvals approvalsRequired viewerCanApprove awaitedApprovers brakes viewerCanReleaseBrake whyNotReleaseBrake proof accessDifferences accessProof setAsideCount viewerCanPlanAgain viewerCanRetry followUps followUpOf plan checks progress items item events attentionByProblem estimate estimateScore stalled worker sourceSite destinationSite createdBy approvedBy reportUrl evidenceUrl viewerCanPlan viewerCanStart viewerCanPause viewerCanResume viewerCanCancel viewerCanResolve whyNot undos undo viewerCanUndo importedGroup",
    unseen: "followUps followUpOf item undo",
  },
  MigrationApproval: { to: siteAdmins, fields: "ordinal at fingerprint required shownDigest shown by" },
  MigrationBrake: {
    to: siteAdmins,
    fields:
      "brake meaning percent leastPeople most forecast wouldTrip counted trippedAt trip releasedAt releaseReason releasedBy",
  },
  BrakeTrip: { to: siteAdmins, fields: "counted most from to examples", unseen: all },
  AccessProof: {
    to: siteAdmins,
    fields:
      "verdict gained lost unexplained unexplainedPeople unexplainedExamples causes current computedAt csvUrl",
  },
  ProofCauseCount: { to: siteAdmins, fields: "cause explainedBy change entries people" },
  AccessDifferenceConnection: { to: siteAdmins, fields: "edges pageInfo totalCount" },
  AccessDifferenceEdge: { to: siteAdmins, fields: "cursor node" },
  AccessDifference: { to: siteAdmins, fields: "id email resource permission change cause explainedBy" },
  AccessProofSummary: { to: siteAdmins, fields: "gained lost unexplained computedAt sample" },
  AccessProofEntry: { to: siteAdmins, fields: "email resource permission change explainedBy" },
  MigrationPlan: {
    to: siteAdmins,
    fields:
      "fingerprint shownDigest plannedAt totalItems create link unchanged notCopied successful requiresAttention failed joinsGroup groupName rows stale staleReason whatPeopleNotice",
  },
  PlanOutcomeCount: {
    to: siteAdmins,
    fields: "sourceType destinationState typeAfter effect outcome problem problemText nextStepText count",
  },
  MigrationCheck: {
    to: siteAdmins,
    fields: "code severity passed title detail who fix affected examples checkedAt",
  },
  MigrationProgress: {
    to: siteAdmins,
    fields:
      "migrationId state sequence total processed successful requiresAttention failed openAttention created linked unchanged notCopied undone undoSetAside peoplePerSecond etaSecondsLow etaSecondsHigh estimate stalled stall at startedAt finishedAt",
  },
  MigrationEstimate: { to: siteAdmins, fields: "low high basis includesProof madeAt", unseen: all },
  MigrationStall: { to: siteAdmins, fields: "since cause reason whatToDo", unseen: all },
  MigrationItemConnection: { to: siteAdmins, fields: "edges pageInfo totalCount" },
  MigrationItemEdge: { to: siteAdmins, fields: "cursor node" },
  MigrationItem: {
    to: siteAdmins,
    fields:
      "id ordinal email name sourceType destinationState destinationType existsOnDestination typeAfter effect joinsGroup plannedOutcome outcome problem problemText nextStep nextStepText recommendedAction detail warning rowNumber undoneAt resolution resolvedAt followUp sourceProjects resolvedBy sourceIdentity destinationAccount destinationPortalCustomer viewerCanUpgrade viewerCanReviewGroup",
    unseen: "followUp",
  },
  MigrationEvent: { to: siteAdmins, fields: "migrationId sequence type summary payload at" },
  ProblemCount: { to: siteAdmins, fields: "problem text count" },
  EstimateScore: { to: siteAdmins, fields: "made held meanErrorPercent", unseen: all },
  MigrationWorker: { to: siteAdmins, fields: "name since", unseen: all },
  MigrationUndo: {
    to: siteAdmins,
    fields:
      "id state everything outcome effect namedRows about fingerprint total restoreCount setAsideCount unchangedCount processed restored leftAside createdAt plannedAt startedAt finishedAt failure whatPeopleNotice people requestedBy startedBy viewerCanStart",
  },
  UndoPersonConnection: { to: siteAdmins, fields: "edges pageInfo" },
  UndoPersonEdge: { to: siteAdmins, fields: "cursor node", unseen: all },
  UndoPerson: { to: siteAdmins, fields: "itemId email name action reason done", unseen: all },
  ImportedGroup: {
    to: siteAdmins,
    fields:
      "id name reviewState decidedAt decisionReason createdAt site migration memberCount pendingCount approvedCount decidedBy gains members viewerCanDecide whoCanDecide",
  },
  GroupGains: { to: siteAdmins, fields: "people openProjects restrictedProjects requests billableSeats" },
  ProjectGain: { to: siteAdmins, fields: "key name people" },
  GroupMemberConnection: { to: siteAdmins, fields: "edges pageInfo totalCount" },
  GroupMemberEdge: { to: siteAdmins, fields: "cursor node" },
  GroupMember: { to: siteAdmins, fields: "id approved account projects requests" },
  MigrationConnection: { to: siteAdmins, fields: "edges pageInfo totalCount" },
  MigrationEdge: { to: siteAdmins, fields: "cursor node" },
  InvitationConnection: { to: siteAdmins, fields: "edges pageInfo" },
  InvitationEdge: { to: siteAdmins, fields: "cursor node", unseen: all },
  PersonRolesConnection: { to: siteAdmins, fields: "edges pageInfo" },
  PersonRolesEdge: { to: siteAdmins, fields: "cursor node", unseen: all },
  PersonRoles: { to: siteAdmins, fields: "id account roles", unseen: all },
  MyWork: {
    to: signedIn,
    fields:
      "running waitingForApproval groupsToReview openAttention attentionMigrations accessRequests closingRequests recentImports",
  },
  SiteResult: { to: adminChanges, fields: "site" },
  Refused: { to: signedIn, fields: "code message field whoCanGrant" },
  OrganizationResult: { to: adminChanges, fields: "organization" },
  PersonProfileResult: { to: siteChanges, fields: "person", unseen: all },
  NewApiTokenResult: { to: sessionSiteAdmins, fields: "token secret" },
  ApiTokenResult: { to: sessionAdmins, fields: "token" },
  ServiceAccountAnswer: { to: sessionAdmins, fields: "serviceAccount" },
  MailResult: { to: adminChanges, fields: "mail" },
  HeldMailResult: { to: adminChanges, fields: "decided heldCount heldWithEndedLinks", unseen: all },
  MigrationResult: { to: adminChanges, fields: "migration" },
  UpgradeSuccess: { to: adminChanges, fields: "upgraded migration", unseen: all },
  BrakeLimitsResult: { to: adminChanges, fields: "organization" },
  UndoSuccess: { to: adminChanges, fields: "undo" },
  ImportFileResult: { to: siteChanges, fields: "importFile", unseen: all },
  AccessRequestResult: { to: inSession, fields: "request", unseenBy: ["DESTINATION_ADMIN"] },
  AccountClosingResult: { to: sessionAdmins, fields: "closing" },
  ClosingRequestResult: { to: sessionAdmins, fields: "request" },
  ReopenedAccount: { to: sessionAdmins, fields: "accountId" },
  InvitationResult: { to: sessionAdmins, fields: "invitation" },
  AnsweredInvitation: { to: inSession, fields: "organizationId email", unseen: all },
  PersonRolesResult: { to: sessionAdmins, fields: "person", unseen: all },
  ImportedGroupResult: { to: siteChanges, fields: "group", unseen: all },
};
