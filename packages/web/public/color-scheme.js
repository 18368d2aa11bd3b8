// Runs before the first paint, as its own file because the content security policy allows no inline script.
// The key and the attribute are the ones MantineProvider reads and writes.
(function applyColorScheme() {
  var stored = null;
  try {
    stored = window.localStorage.getItem("mantine-color-scheme-value");
  } catch {
    // Storage may be blocked; the system's choice is used then.
  }
  var dark =
    stored === "dark" || (stored !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
