const base = "http://panel.invalid";

/** Where to go after signing in: a path of this site, or the inbox. Never another origin, however it is disguised. */
export function safeCallbackUrl(value: string | readonly string[] | null | undefined): string {
  if (typeof value !== "string" || !value.startsWith("/")) return "/";
  // A browser reads "\" as "/" and drops tabs and line breaks, so none of them may stand here.
  for (const character of value) {
    if (character === "\\" || character <= " " || character === "\u007f") return "/";
  }
  if (value.startsWith("//") || !URL.canParse(value, base)) return "/";
  const url = new URL(value, base);
  // After resolving, too: "/.//host" would become "//host".
  if (url.origin !== base || url.pathname.startsWith("//")) return "/";
  if (url.pathname === "/sign-in" || url.pathname.startsWith("/sign-in/")) return "/";
  return url.pathname + url.search + url.hash;
}
