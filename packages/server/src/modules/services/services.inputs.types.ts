import { Field, ID, InputType } from "type-graphql";

const keyDescription = "Repeating a call with the same key gives the same answer and does nothing twice.";

@InputType({ description: "A login of a product that shall be connected to the viewer's account." })
export class RequestServiceConnectionInput {
  @Field(() => ID, { description: "The product." })
  productId: string;

  @Field(() => String, { description: "The email of the login; the link goes there." })
  email: string;

  @Field(() => String, {
    nullable: true,
    description: "Its name there, where several logins of the product share the email.",
  })
  loginName?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A connection that is taken back." })
export class CancelServiceConnectionInput {
  @Field(() => ID, { description: "What waits." })
  pendingId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A connection that is made." })
export class ConfirmServiceConnectionInput {
  @Field(() => String, { description: "The secret of the mailed link." })
  secret: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A login that shall be on the viewer's account no longer." })
export class DisconnectServiceInput {
  @Field(() => ID, { description: "The login." })
  loginId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}
