import "./editor-workers.ts";
import "graphiql/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { GraphiQL } from "graphiql";
import { useEffect, useRef } from "react";
import type { EditedOperation } from "./api-page.tsx";
import { fetchFromApi } from "./api-fetcher.ts";
import { describeTabs } from "./describe-tabs.ts";
import type { Example } from "./examples.ts";

/**
 * GraphiQL itself. A chosen example opens in a tab of its own (or the tab that already holds it); what was written
 * before stays in this browser's storage.
 */
export default function Explorer(props: {
  example: Example;
  isChosen: boolean;
  onEdit: (operation: EditedOperation) => void;
}) {
  const { example, isChosen, onEdit } = props;
  const scheme = useComputedColorScheme("light");
  const variables = JSON.stringify(example.variables, null, 2);
  useEffect(
    function tellWhatIsOpen() {
      onEdit({ query: example.query, variables, operationName: null });
    },
    [example.query, variables, onEdit],
  );
  const container = useRef<HTMLDivElement>(null);
  useEffect(function keepTabsAccessible() {
    return container.current ? describeTabs(container.current) : undefined;
  }, []);
  return (
    <div ref={container}>
      <GraphiQL
        fetcher={fetchFromApi}
        forcedTheme={scheme}
        defaultQuery={example.query}
        initialQuery={isChosen ? example.query : undefined}
        initialVariables={isChosen ? variables : undefined}
        showPersistHeadersSettings={false}
        onTabChange={({ tabs, activeTabIndex }) => {
          const tab = tabs[activeTabIndex];
          if (tab) {
            onEdit({
              query: tab.query ?? "",
              variables: tab.variables ?? null,
              operationName: tab.operationName ?? null,
            });
          }
        }}
      >
        <GraphiQL.Logo>
          <span className="visually-hidden">Rehome API</span>
        </GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
