/** The value of a JSON text, or what is wrong with it and in which line. */
export function readJson(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    const position = /position (\d+)/.exec(said);
    const at = position ? Number(position[1]) : /end of JSON/i.test(said) ? text.length : null;
    if (at === null) return { ok: false, message: "This is not JSON yet." };
    const line = text.slice(0, at).split("\n").length;
    const found = at >= text.length ? "it ends too early" : `“${text[at]}” is not expected there`;
    return { ok: false, message: `This is not JSON yet: line ${line}, ${found}.` };
  }
}
