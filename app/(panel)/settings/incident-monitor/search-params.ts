/** What the address of a settings page may say. Repeated or empty values are as good as none. */
export type SettingsSearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The row a page opens with. */
export async function selectedFrom(params: SettingsSearchParams, name: string): Promise<string | null> {
  const value = (await params)[name];
  return typeof value === "string" && value !== "" && value.length <= 200 ? value : null;
}
