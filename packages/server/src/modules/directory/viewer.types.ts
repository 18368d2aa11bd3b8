import { Field, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { ReachableProjectType, ReachableRequestType } from "./person.types.ts";

@Access("parent")
@ObjectType("Viewer", { description: "The signed-in person." })
export class ViewerType {
  @Field(() => Boolean, {
    description: "Whether there are two sites the viewer could copy customers between.",
  })
  viewerCanMigrate: boolean;

  @Field(() => Boolean, { description: "Whether the viewer may read the audit log of an organization." })
  viewerCanAudit: boolean;
}

@Access("parent")
@ObjectType("ViewerAccess", {
  description:
    "What the signed-in person reaches on a site through their Atlassian account; an unknown site answers the same as one without access.",
})
export class ViewerAccessType {
  @Field(() => [ReachableProjectType], { description: "Service projects, by key." })
  projects: ReachableProjectType[];

  @Field(() => [ReachableRequestType], { description: "Requests, at most 100, newest first." })
  requests: ReachableRequestType[];
}
