import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import type { CurrentViewerQuery } from "./viewer.generated.ts";

type Viewer = CurrentViewerQuery["viewer"];
type Organization = Viewer["organizations"][number];

interface ViewerContext {
  viewer: Viewer;
  organization: Organization | null;
  chooseOrganization: (id: string) => void;
}

const Context = createContext<ViewerContext | null>(null);
const storageKey = "rehome-organization";

/** Gives the pages the signed-in person and the organization they are working in. */
export function ViewerProvider(props: { viewer: Viewer; children: ReactNode }) {
  const [chosen, setChosen] = useState(() => readStored());
  const { viewer } = props;
  const value = useMemo(
    () => ({
      viewer,
      organization:
        viewer.organizations.find((organization) => organization.id === chosen) ??
        viewer.organizations[0] ??
        null,
      chooseOrganization: (id: string) => {
        window.localStorage.setItem(storageKey, id);
        setChosen(id);
      },
    }),
    [viewer, chosen],
  );
  return <Context value={value}>{props.children}</Context>;
}

/** The signed-in person, their organizations and what they may do. */
export function useViewer(): Viewer {
  return useViewerContext().viewer;
}

/** The organization of the page; pages inside the shell are only shown when there is one. */
export function useOrganization(): Organization {
  const { organization } = useViewerContext();
  if (!organization) {
    throw new Error("This page needs an organization.");
  }
  return organization;
}

/** Everything of the context, for the shell that also switches the organization. */
export function useViewerContext(): ViewerContext {
  const value = useContext(Context);
  if (!value) {
    throw new Error("ViewerProvider is missing.");
  }
  return value;
}

function readStored(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
