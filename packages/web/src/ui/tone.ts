/** The meanings a colour may have; each is always shown with an icon and a word. */
export type Tone = "good" | "warn" | "bad" | "info" | "neutral";
