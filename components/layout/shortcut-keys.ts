/** The parts of a key press that matter, so the rule needs no browser to be tested. */
export type KeyPress = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

/**
 * Does a press mean this shortcut? Keys are written as "j", "?", "enter", "shift+x", "mod+k" (Ctrl or Command). With a
 * letter Shift makes another key; with a sign it is how the sign is typed.
 */
export function matchesKeys(keys: string, press: KeyPress): boolean {
  if (press.altKey) return false;
  const wantsMod = keys.startsWith("mod+");
  if ((press.ctrlKey || press.metaKey) !== wantsMod) return false;
  const wantsShift = keys.startsWith("shift+");
  const wanted = keys.replace(/^(?:mod|shift)\+(?=.)/, "");
  if (/^[a-z]$/i.test(wanted) && press.shiftKey !== wantsShift) return false;
  return press.key.toLowerCase() === wanted.toLowerCase();
}

const caps: Record<string, string> = {
  enter: "↵",
  escape: "esc",
  arrowup: "↑",
  arrowdown: "↓",
  mod: "ctrl",
  shift: "⇧",
};

/** The caps to draw for a shortcut: ["ctrl", "k"], or ["⌘", "k"] on an Apple keyboard. */
export function keyCaps(keys: string, isApple = false): string[] {
  if (keys === "+") return ["+"];
  return keys.split("+").map((key) => (key === "mod" && isApple ? "⌘" : (caps[key.toLowerCase()] ?? key)));
}
