import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { HostingEnum } from "../directory/index.ts";
import type { ServiceReason } from "./sql/list-services.ts";

export const ServiceTypeEnum = graphqlEnum("ServiceType", "What a service is.", {
  SITE: "A site.",
  PRODUCT: "A product instance, with logins of its own.",
});

export const ServiceReasonEnum = graphqlEnum("ServiceReason", "Why the viewer can open a service.", {
  PRESENT: "Their account is active on the site.",
  CONNECTED: "A login of the product is linked to their account.",
  ORGANIZATION_ADMIN: "They administer the organization.",
  SITE_ADMIN: "They administer the site.",
  PRODUCT_OWNER: "They own the product.",
  PRODUCT_ADMIN: "They administer the product.",
});

@Access("parent")
@ObjectType("ServiceProduct", { description: "A product as its users see it." })
export class ServiceProductType {
  @Field(() => ID, { description: "Id of the product." })
  id: string;

  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => String, { description: "Which product it is, such as `JIRA` or `STATUSPAGE`." })
  kind: string;

  @Field(() => HostingEnum, { description: "Where it runs; those on a server keep a sign-in of their own." })
  hosting: string;

  @Field(() => String, { description: "Whose it is." })
  organizationName: string;
}

@Access("parent")
@ObjectType("ConnectedService", {
  description: "A login of a product that is linked to the viewer's account.",
})
export class ConnectedServiceType {
  @Field(() => ID, { description: "Id of the login." })
  id: string;

  @Field(() => ServiceProductType, { description: "The product." })
  product: ServiceProductType;

  @Field(() => String, { description: "Canonical email of the login, which need not be the account's." })
  email: string;

  @Field(() => String, { description: "Its name there; empty unless several logins share the email." })
  loginName: string;

  @Field(() => Boolean, { description: "Whether it is active in the product." })
  active: boolean;

  @Field(() => GraphQLDateTime, { description: "Since when it is connected." })
  linkedAt: Date;
}

@Access("parent")
@ObjectType("OfferedLogin", {
  description: "A login with the viewer's own email that is linked to no account.",
})
export class OfferedLoginType {
  @Field(() => ID, { description: "Id of the login." })
  id: string;

  @Field(() => ServiceProductType, { description: "The product." })
  product: ServiceProductType;

  @Field(() => String, { description: "Its name there; empty unless several logins share the email." })
  loginName: string;

  @Field(() => String, { nullable: true, description: "Why it cannot be connected; null when it can." })
  obstacle: string | null;
}

@Access("parent")
@ObjectType("PendingConnection", {
  description:
    "A login that the viewer asked to connect. It waits for a click on the link mailed to its address, if there is such a login.",
})
export class PendingConnectionType {
  @Field(() => ID, { description: "Id of what waits." })
  id: string;

  @Field(() => ServiceProductType, { description: "The product." })
  product: ServiceProductType;

  @Field(() => String, { description: "The email that was entered, in its canonical form." })
  email: string;

  @Field(() => String, { description: "The name of the login that was entered; empty when none was." })
  loginName: string;

  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  askedAt: Date;

  @Field(() => GraphQLDateTime, { description: "Until when it waits." })
  expiresAt: Date;
}

@Access("parent")
@ObjectType("Service", { description: "A site or product that the viewer can open, or could." })
export class ServiceType {
  @Field(() => ID, { description: "Id of the site or product." })
  id: string;

  @Field(() => ServiceTypeEnum, { description: "Which of the two." })
  type: keyof typeof ServiceTypeEnum;

  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => String, { nullable: true, description: "Which product it is; null for a site." })
  kind: string | null;

  @Field(() => HostingEnum, { description: "Where it runs; those on a server keep a sign-in of their own." })
  hosting: string;

  @Field(() => String, { description: "Whose it is." })
  organizationName: string;

  @Field(() => [ServiceReasonEnum], { description: "Why the viewer can open it; empty while they cannot." })
  because: ServiceReason[];

  @Field(() => Boolean, {
    description:
      "Whether they may ask for access with requestAccess: SITE_ACCESS of a site, PRODUCT_ADMIN of a product.",
  })
  viewerCanAsk: boolean;

  @Field(() => Boolean, { description: "Whether they have asked, and wait for an answer." })
  asked: boolean;
}

@Access("parent")
@ObjectType("ViewerServices", { description: "What the viewer's account opens. Empty for an API token." })
export class ViewerServicesType {
  @Field(() => [ConnectedServiceType], { description: "Logins linked to the account, by product." })
  connected: ConnectedServiceType[];

  @Field(() => [OfferedLoginType], { description: "Logins with its email that are on no account." })
  offered: OfferedLoginType[];

  @Field(() => [PendingConnectionType], { description: "Connections that wait for a mail to be answered." })
  pending: PendingConnectionType[];

  @Field(() => [ServiceType], {
    description:
      "Sites and products that the account can open, then those of its organizations that it cannot; at most 200.",
  })
  services: ServiceType[];
}

@Access("parent")
@ObjectType("ServiceLink", { description: "What a mailed link would connect." })
export class ServiceLinkType {
  @Field(() => ServiceProductType, { description: "The product." })
  product: ServiceProductType;

  @Field(() => String, { description: "Email of the login, to which the link was mailed." })
  email: string;

  @Field(() => String, { description: "Its name there; empty unless several logins share the email." })
  loginName: string;

  @Field(() => String, { description: "The account it would be linked to: the viewer's." })
  accountEmail: string;

  @Field(() => String, {
    nullable: true,
    description: "The viewer's present login of the product, which would be on no account; null without one.",
  })
  replaces: string | null;

  @Field(() => Boolean, { description: "Whether it is on another account now, from which it would go." })
  moves: boolean;

  @Field(() => GraphQLDateTime, { description: "Until when the link works." })
  expiresAt: Date;
}

@Access("parent")
@ObjectType({ description: "A connection that waits, whether or not there is such a login." })
export class PendingConnectionResult {
  @Field(() => PendingConnectionType, { description: "What waits." })
  pending: PendingConnectionType;
}

@Access("parent")
@ObjectType({ description: "The viewer's services as they are now." })
export class ViewerServicesResult {
  @Field(() => ID, { description: "What was changed: what waited, or the login." })
  changedId: string;

  @Field(() => ViewerServicesType, { description: "Their services." })
  services: ViewerServicesType;
}

export const RequestServiceConnectionResult = createUnionType({
  name: "RequestServiceConnectionResult",
  description: "What waits, or why nothing does.",
  types: () => [PendingConnectionResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : PendingConnectionResult),
});

export const ChangedServicesResult = createUnionType({
  name: "ChangedServicesResult",
  description: "The viewer's services as they are now, or why nothing changed.",
  types: () => [ViewerServicesResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ViewerServicesResult),
});

export const ServiceLinkResult = createUnionType({
  name: "ServiceLinkResult",
  description: "What the link would connect, or why it is of no use here.",
  types: () => [ServiceLinkType, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ServiceLinkType),
});
