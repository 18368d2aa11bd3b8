/** "SERVICE_DESK" and "service-desk" read "Service desk". */
export function nameKind(kind: string): string {
  const words = kind.replaceAll(/[_-]+/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
