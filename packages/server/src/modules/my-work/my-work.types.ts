import { Field, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { ClosingRequestType } from "../closing/index.ts";
import { ImportedGroupType } from "../group-review/index.ts";
import { ImportFileType } from "../import/index.ts";
import { MigrationType } from "../migration/index.ts";
import { AccessRequestType } from "../roles/index.ts";

@Access("parent")
@ObjectType("MyWork", { description: "What waits for the viewer, over every site they administer." })
export class MyWorkType {
  @Field(() => [MigrationType], {
    description: "Migrations that are planning, running, paused or verifying.",
  })
  running: MigrationType[];

  @Field(() => [MigrationType], {
    description: "Planned migrations waiting for approval, and approved ones waiting for the start.",
  })
  waitingForApproval: MigrationType[];

  @Field(() => [ImportedGroupType], { description: "Imported groups with members waiting for review." })
  groupsToReview: ImportedGroupType[];

  @Field(() => Int, { description: "People who require attention." })
  openAttention: number;

  @Field(() => [MigrationType], {
    description: "Migrations with people who require attention, newest first, at most ten.",
  })
  attentionMigrations: MigrationType[];

  @Field(() => [AccessRequestType], {
    description: "Requests for access that the viewer may decide, the oldest first, at most 50.",
  })
  accessRequests: AccessRequestType[];

  @Field(() => [ClosingRequestType], {
    description: "People who wait for their account to be closed, the oldest first, at most 50.",
  })
  closingRequests: ClosingRequestType[];

  @Field(() => [ImportFileType], { description: "The five newest uploads." })
  recentImports: ImportFileType[];
}
