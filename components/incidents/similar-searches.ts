const wordsMax = 3;

/**
 * What to look for while a title is typed, most exact first: all of it, its first words, its longest word. The list's
 * search is a substring, so the shorter ones find what the whole does not.
 */
export function similarSearches(title: string): string[] {
  const whole = title.trim().replace(/\s+/g, " ").slice(0, 200);
  if (whole.length < 4) return [];
  const words = whole.split(" ");
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), "");
  const found = [whole, words.slice(0, wordsMax).join(" "), longest].filter((search) => search.length >= 4);
  return [...new Set(found)];
}
