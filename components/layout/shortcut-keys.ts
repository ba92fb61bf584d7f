/** The parts of a key press that matter, so the rule needs no browser to be tested. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** Does a press mean this shortcut? Keys are written as "j", "?", "enter", "mod+k" (Ctrl or Command). */
export function matchesKeys(keys: string, press: KeyPress): boolean {
  if (press.altKey) return false;
  const wantsMod = keys.startsWith("mod+");
  if ((press.ctrlKey || press.metaKey) !== wantsMod) return false;
  const wanted = wantsMod ? keys.slice(4) : keys;
  return press.key.toLowerCase() === wanted.toLowerCase();
}

const caps: Record<string, string> = {
  enter: "↵",
  escape: "esc",
  arrowup: "↑",
  arrowdown: "↓",
  mod: "ctrl",
};

/** The caps to draw for a shortcut: ["ctrl", "k"], or ["⌘", "k"] on an Apple keyboard. */
export function keyCaps(keys: string, isApple = false): string[] {
  if (keys === "+") return ["+"];
  return keys.split("+").map((key) => (key === "mod" && isApple ? "⌘" : (caps[key.toLowerCase()] ?? key)));
}
