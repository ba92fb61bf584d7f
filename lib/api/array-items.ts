/** The text of each item of a JSON array, as it was written. `text` has been parsed, so it is known to be an array. */
export function arrayItems(text: string): string[] {
  const items: string[] = [];
  const take = (from: number, to: number) => {
    const item = text.slice(from, to).trim();
    // Only an empty array has nothing between its brackets.
    if (item !== "") items.push(item);
  };
  let start = text.indexOf("[") + 1;
  for (let at = start, depth = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at) - 1;
        break;
      case openBrace:
      case openBracket:
        depth += 1;
        break;
      case closeBrace:
      case closeBracket:
        depth -= 1;
        if (depth >= 0) break;
        take(start, at);
        return items;
      case comma:
        if (depth > 0) break;
        take(start, at);
        start = at + 1;
    }
  }
  return items;
}

const [quote, comma, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d];

/** The place after the string that begins at `at`. */
export function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
}
