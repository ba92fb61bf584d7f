/** One text that reads differently, with where it stands: `draft.title`, `policy.people`, `payload.hook.Summary`. */
export type TextChange = { name: string; before: string | null; after: string | null };

/** Redacted texts by name, as somebody saw them. */
export type SeenTexts = Readonly<Record<string, string>>;

const textMax = 2_000;
const totalMax = 60_000;
const changesMax = 40;

/** What is kept of the texts, so that a difference can be shown later: each so long, and so much altogether. */
export function boundedTexts(texts: SeenTexts): SeenTexts {
  const kept: Record<string, string> = {};
  let room = totalMax;
  for (const [name, text] of Object.entries(texts)) {
    const short = bounded(text);
    if (short === "" || short.length > room) continue;
    kept[name] = short;
    room -= short.length;
  }
  return kept;
}

/** Before and after of each text that is not the same. Both are bounded alike, so a cut is no difference. */
export function textChanges(before: SeenTexts, after: SeenTexts): TextChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({ name, before: own(before, name), after: own(after, name) }))
    .filter((change) => change.before !== change.after)
    .slice(0, changesMax);
}

/** Names of fields are anybody's: one called `constructor` has no text by being called so. */
const own = (texts: SeenTexts, name: string): string | null =>
  Object.hasOwn(texts, name) ? (texts[name] ?? null) : null;

function bounded(text: string): string {
  return text.length > textMax ? `${text.slice(0, textMax)}…` : text;
}
