import { Switch } from "@mantine/core";
import { ActionNotice, useAction } from "../../shared/use-action.tsx";
import { useOrganization } from "../../shared/viewer.tsx";
import { listNames } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SetApprovalPolicyDocument, type ApprovalPolicyFieldsFragment } from "./organization.generated.ts";
import classes from "./organization.module.css";

/** Whether plans need a second approver; switched by organization admins. */
export function ApprovalPolicyPanel(props: {
  organization: ApprovalPolicyFieldsFragment & { viewerCanAdminister: boolean };
}) {
  const { organization } = props;
  const { admins } = useOrganization();
  const action = useAction(SetApprovalPolicyDocument);
  const change = (secondApproverRequired: boolean) =>
    void action.run({ input: { organizationId: organization.id, secondApproverRequired } });
  return (
    <Panel title="Approving plans">
      <div className={classes.words}>
        <Switch
          label="Second approver required"
          description="A plan is sealed once two different people have approved the same fingerprint. When this is switched off, a plan that waits for its second approver is sealed by the next approval."
          checked={organization.secondApproverRequired}
          disabled={!organization.viewerCanAdminister || action.pending}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        <ActionNotice problem={action.problem} />
        {!organization.viewerCanAdminister && (
          <p className="muted">
            Only an organization admin can change it
            {admins.length > 0 && `: ${listNames(admins.map((admin) => admin.account.name))}`}.
          </p>
        )}
      </div>
    </Panel>
  );
}
