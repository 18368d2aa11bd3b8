/**
 * GraphiQL marks its tabs as list items with the role of a tab around two buttons, which assistive technology cannot
 * enter. Says the same with plain buttons: the open operation's button is the current one. Answers how to stop.
 */
export function describeTabs(container: HTMLElement): () => void {
  const repair = () => {
    container.querySelector("ul.graphiql-tabs[role]")?.removeAttribute("role");
    for (const tab of container.querySelectorAll("li.graphiql-tab")) {
      const selected = tab.getAttribute("aria-selected");
      tab.removeAttribute("role");
      if (selected !== null) {
        tab.removeAttribute("aria-selected");
        tab.querySelector("button")?.setAttribute("aria-current", selected);
      }
    }
  };
  const observer = new MutationObserver(repair);
  observer.observe(container, { subtree: true, childList: true, attributeFilter: ["role", "aria-selected"] });
  repair();
  return () => observer.disconnect();
}
