import { useQuery } from "@apollo/client/react";
import { ClosingInbox } from "../../../shared/closing/closing-inbox.tsx";
import { ClosingRequestsDocument } from "./closing-requests.generated.ts";

/** People of the organization who wait for their account to be closed; nothing while there are none. */
export function ClosingRequests(props: { organizationId: string }) {
  const { organizationId } = props;
  const query = useQuery(ClosingRequestsDocument, {
    variables: { organizationId },
    fetchPolicy: "cache-and-network",
  });
  const requests = query.data?.closingRequests ?? [];
  return requests.length === 0 ? null : <ClosingInbox requests={requests} />;
}
