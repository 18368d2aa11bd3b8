import "./theme/mantine-styles.ts";
import { ApolloProvider } from "@apollo/client/react";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { apolloClient, setSignedOutListener } from "./apollo/client.ts";
import { router } from "./router.tsx";
import { forgetSession } from "./session/session.ts";
import { theme } from "./theme/theme.ts";

setSignedOutListener(() => {
  forgetSession();
  const to = `${window.location.pathname}${window.location.search}`;
  if (window.location.pathname !== "/sign-in") {
    router.navigate({ to: "/sign-in", search: { to } }).catch(() => undefined);
  }
});

const root = document.getElementById("root");
if (!root) {
  throw new Error("index.html has no #root.");
}
createRoot(root).render(
  <StrictMode>
    {/* The provider writes all variables itself, so the 4 KB sheet of defaults need not be sent. */}
    <MantineProvider theme={theme} defaultColorScheme="auto" deduplicateCssVariables={false}>
      <ApolloProvider client={apolloClient}>
        <RouterProvider router={router} />
      </ApolloProvider>
    </MantineProvider>
  </StrictMode>,
);
