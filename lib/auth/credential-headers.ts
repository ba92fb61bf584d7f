/** Longer than any of ours: not worth hashing. */
const credentialLengthMax = 512;

/** A token as it was presented (contract 1.2): the first non-blank header wins, trimmed. null when there is none. */
export function rawTokenOf(headers: Headers): string | null {
  return (
    nonBlank(headers.get("x-agent-token")) ?? nonBlank(headers.get("x-tandem-token")) ?? bearerOf(headers)
  );
}

/** A scoped intake key (contract 1.3): its own header, otherwise the bearer. */
export function rawIntakeKeyOf(headers: Headers): string | null {
  return nonBlank(headers.get("x-tandem-incident-monitor-intake-key")) ?? bearerOf(headers);
}

export function isPlausibleCredential(raw: string): boolean {
  return raw.length <= credentialLengthMax;
}

/** `Bearer` and `bearer`; other spellings are not recognised. */
function bearerOf(headers: Headers): string | null {
  const match = /^\s*[Bb]earer +(.*)$/.exec(headers.get("authorization") ?? "");
  return nonBlank(match?.[1]);
}

function nonBlank(text: string | null | undefined): string | null {
  return text?.trim() || null;
}

/**
 * The session cookie's value. Large ones are cut into `name.0`, `name.1`; others that merely begin with the name are
 * not ours.
 */
export function sessionCookieOf(headers: Headers, name: string): string | null {
  const header = headers.get("cookie");
  if (!header?.includes(name)) return null;
  const chunks: { index: number; value: string }[] = [];
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    const given = pair.slice(0, Math.max(at, 0)).trim();
    if (given !== name && !given.startsWith(`${name}.`)) continue;
    const index = given === name ? 0 : Number(given.slice(name.length + 1));
    if (Number.isInteger(index)) chunks.push({ index, value: pair.slice(at + 1).trim() });
  }
  chunks.sort((left, right) => left.index - right.index);
  return chunks.map((chunk) => chunk.value).join("") || null;
}
