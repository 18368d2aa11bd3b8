import { Skeleton } from "@mantine/core";
import { AccountTabs } from "../../shared/account-tabs.tsx";
import { PageStack } from "../../ui/layout.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ErrorState } from "../../ui/page-states.tsx";
import { Panel } from "../../ui/panel.tsx";
import { DevicesPanel } from "./devices-panel.tsx";
import { useGuard } from "./guard.tsx";
import { PasskeysPanel } from "./passkeys-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { TwoStepPanel } from "./two-step-panel.tsx";
import { useSecurity } from "./use-security.ts";

/** How the viewer signs in: password, second step, passkeys, remembered browsers. */
export function SecurityPage() {
  const { security, problem, look } = useSecurity();
  const { guard, dialog } = useGuard(security);
  return (
    <>
      <PageHeader title="Security" description="How you sign in, and what guards it." />
      <AccountTabs />
      {security === null && problem !== null && (
        <ErrorState
          what="Your security could not be loaded"
          message={problem.message}
          onRetry={() => void look()}
        />
      )}
      {security === null && problem === null && <SecuritySkeleton />}
      {security !== null && (
        <PageStack>
          <TwoStepPanel security={security} guard={guard} look={look} />
          <PasskeysPanel security={security} guard={guard} look={look} />
          <PasswordPanel security={security} look={look} />
          <DevicesPanel
            devices={security.devices}
            isTwoStepOn={security.twoStep.since !== null}
            look={look}
          />
        </PageStack>
      )}
      {dialog}
    </>
  );
}

function SecuritySkeleton() {
  return (
    <PageStack>
      {["Two-step sign-in", "Passkeys", "Password"].map((title) => (
        <Panel key={title} title={title}>
          <Skeleton height={64} />
        </Panel>
      ))}
    </PageStack>
  );
}
