/** The run that the address names; null: the newest one. */
export function runFrom({ run }: Record<string, string | string[] | undefined>): string | null {
  return typeof run === "string" && run !== "" && run.length <= 200 ? run : null;
}
