export type Style = Record<"red" | "green" | "yellow" | "dim" | "bold", (text: string) => string>;

const codes = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 };

export function styleOf(color: boolean): Style {
  return Object.fromEntries(
    Object.entries(codes).map(([name, code]) => [
      name,
      (text: string) => (color && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text),
    ]),
  ) as Style;
}
