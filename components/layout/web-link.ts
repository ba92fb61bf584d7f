/** Reported links become anchors only when they are plain web addresses; anything else stays text. */
export function isWebLink(reference: string): boolean {
  try {
    const { protocol, username, password } = new URL(reference);
    return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
  } catch {
    return false;
  }
}
